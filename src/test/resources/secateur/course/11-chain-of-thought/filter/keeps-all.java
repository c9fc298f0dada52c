// hint: wrong answer was kept
List<Example> filter(List<Example> questions, List<String> replies) {
  return IntStream.range(0, questions.size()).mapToObj(i -> questions.get(i).because(Example.rationale(replies.get(i)))).toList();
}
