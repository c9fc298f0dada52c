// hint: an empty answer has no vote
String vote(List<String> replies) {
  List<String> answers = replies.stream().map(Example::answer).toList();
  String most = answers.get(0);
  for (String answer : answers) {
    if (Collections.frequency(answers, answer) > Collections.frequency(answers, most)) {
      most = answer;
    }
  }
  return most;
}
