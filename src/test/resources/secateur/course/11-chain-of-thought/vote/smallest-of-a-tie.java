// hint: the one that came first is wanted
String vote(List<String> replies) {
  Map<String, Integer> votes = new TreeMap<>();
  replies.stream().map(Example::answer).filter(answer -> !answer.isEmpty()).forEach(answer -> votes.merge(answer, 1, Integer::sum));
  String most = "";
  for (String answer : votes.keySet()) {
    if (most.isEmpty() || votes.get(answer) > votes.get(most)) {
      most = answer;
    }
  }
  return most;
}
