// hint: count them
String vote(List<String> replies) {
  return Example.answer(replies.get(0));
}
