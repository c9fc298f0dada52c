package secateur.text;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One library of the manifest {@code java-sources.json}: the {@code sources} jar of a Maven artifact.
 *
 * @param artifact group:artifact:version
 * @param licence its SPDX name
 * @param sha256 of the jar, 64 hexadecimal digits
 * @param files documents that {@link JavaSource} keeps of it
 * @param bytes of those documents in UTF-8, without what joins them
 * @param anchor an entry of this jar and of no other on the class path; null for the training split
 */
record SourceArtifact(String artifact, String licence, Split split, String sha256, int files, long bytes,
            String anchor) {
  private static final String MANIFEST = "java-sources.json";

  SourceArtifact {
    if (artifact == null || artifact.split(":").length != 3) {
      throw new IllegalArgumentException("artifact " + artifact + " is not of the form group:artifact:version");
    }
    if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 " + sha256 + " of " + artifact + " is not 64 hexadecimal digits");
    }
    if (split == null || split != Split.TRAIN && anchor == null) {
      throw new IllegalArgumentException(artifact + " needs a split, and an anchor unless that is train");
    }
  }

  /** All libraries, in the order of the manifest. */
  static List<SourceArtifact> all() {
    try (InputStream in = SourceArtifact.class.getResourceAsStream(MANIFEST)) {
      var rows = new TypeToken<List<SourceArtifact>>() { };
      return List.copyOf(new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), rows));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + MANIFEST + " of the class path", e);
    } catch (JsonParseException e) {
      throw new IllegalStateException(MANIFEST + " of the class path is not a list of artifacts", e);
    }
  }

  static List<SourceArtifact> of(Split split) {
    return all().stream().filter(a -> a.split == split).toList();
  }

  String group() {
    return artifact.split(":")[0];
  }

  String id() {
    return artifact.split(":")[1];
  }

  String version() {
    return artifact.split(":")[2];
  }

  /** The name under which Maven stores the jar. */
  String file() {
    return id() + "-" + version() + "-sources.jar";
  }
}
