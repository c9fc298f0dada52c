// hint: full stop
String finalAnswer(String reply) {
  return reply.substring(reply.lastIndexOf(Example.ARROW) < 0 ? 0 : reply.lastIndexOf(Example.ARROW) + 3).strip();
}
