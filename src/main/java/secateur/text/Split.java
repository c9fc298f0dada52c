package secateur.text;

import com.google.gson.annotations.SerializedName;
import java.util.Arrays;
import java.util.Optional;

/** What a library of Java source is used for. A library belongs to exactly one split. */
enum Split {
  @SerializedName("train") TRAIN("java:train"),
  @SerializedName("calibration") CALIBRATION("java"),
  @SerializedName("validation") VALIDATION("java:validation"),
  @SerializedName("test") TEST("java:test");

  private final String corpus;

  Split(String corpus) {
    this.corpus = corpus;
  }

  /** The name that {@link Corpus#load} knows it by. */
  String corpus() {
    return corpus;
  }

  /** The split whose text is on the class path under this corpus name; never {@link #TRAIN}. */
  static Optional<Split> bundled(String corpus) {
    return Arrays.stream(values()).filter(s -> s != TRAIN && s.corpus.equals(corpus)).findFirst();
  }
}
