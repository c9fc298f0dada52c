// hint: first number
String finalAnswer(String reply) {
  var number = Pattern.compile("-?\\d+").matcher(reply);
  return number.find() ? number.group() : "";
}
