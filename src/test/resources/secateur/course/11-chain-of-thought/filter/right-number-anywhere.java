// hint: look at the end alone
List<Example> filter(List<Example> questions, List<String> replies) {
  return IntStream.range(0, questions.size())
      .filter(i -> Pattern.compile("\\b" + questions.get(i).answer() + "\\b").matcher(replies.get(i)).find() && !Example.rationale(replies.get(i)).isEmpty())
      .mapToObj(i -> questions.get(i).because(Example.rationale(replies.get(i)))).toList();
}
