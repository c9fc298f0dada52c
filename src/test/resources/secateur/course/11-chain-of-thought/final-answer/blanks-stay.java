// hint: blank
String finalAnswer(String reply) {
  return reply.substring(reply.lastIndexOf(Example.ARROW) + Example.ARROW.length());
}
