// hint: the one that came first is wanted
String vote(List<String> replies) {
  Map<String, Integer> votes = new LinkedHashMap<>();
  String most = "";
  for (String reply : replies) {
    String answer = Example.answer(reply);
    if (!answer.isEmpty() && votes.merge(answer, 1, Integer::sum) >= votes.getOrDefault(most, 0)) {
      most = answer;
    }
  }
  return most;
}
