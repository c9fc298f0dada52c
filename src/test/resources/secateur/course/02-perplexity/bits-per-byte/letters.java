// hint: letters
double bitsPerByte(double[] nats, String text) {
  int bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  return Arrays.stream(nats).sum() / Math.log(2) / text.length();
}
