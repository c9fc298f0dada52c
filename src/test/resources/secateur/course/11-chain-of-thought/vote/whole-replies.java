// hint: what is voted on is its answer
String vote(List<String> replies) {
  return replies.stream().max(Comparator.comparingInt(reply -> Collections.frequency(replies, reply))).orElse("");
}
