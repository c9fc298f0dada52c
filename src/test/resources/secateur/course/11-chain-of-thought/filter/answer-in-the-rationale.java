// hint: answer has stayed in the rationale
List<Example> filter(List<Example> questions, List<String> replies) {
  return IntStream.range(0, questions.size()).filter(i -> Example.answer(replies.get(i)).equals(questions.get(i).answer()))
      .mapToObj(i -> questions.get(i).because(replies.get(i))).toList();
}
