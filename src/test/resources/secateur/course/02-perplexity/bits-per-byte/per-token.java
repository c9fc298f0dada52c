// hint: bits per token
double bitsPerByte(double[] nats, String text) {
  int bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  return Arrays.stream(nats).average().orElseThrow() / Math.log(2);
}
