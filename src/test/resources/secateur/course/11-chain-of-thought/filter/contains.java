// hint: 70 was taken for 7
List<Example> filter(List<Example> questions, List<String> replies) {
  return IntStream.range(0, questions.size()).filter(i -> Example.answer(replies.get(i)).contains(questions.get(i).answer()))
      .mapToObj(i -> questions.get(i).because(Example.rationale(replies.get(i)))).toList();
}
