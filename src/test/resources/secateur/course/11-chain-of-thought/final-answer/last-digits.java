// hint: need not be a number
String finalAnswer(String reply) {
  String last = "";
  var number = Pattern.compile("-?\\d+").matcher(reply);
  while (number.find()) {
    last = number.group();
  }
  return last;
}
