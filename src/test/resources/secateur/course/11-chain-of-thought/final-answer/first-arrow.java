// hint: last arrow counts
String finalAnswer(String reply) {
  int arrow = reply.indexOf(Example.ARROW);
  String answer = (arrow < 0 ? reply : reply.substring(arrow + Example.ARROW.length())).strip();
  return answer.endsWith(".") ? answer.substring(0, answer.length() - 1).strip() : answer;
}
