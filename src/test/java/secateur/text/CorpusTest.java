package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
  @ParameterizedTest
  @EnumSource(value = Split.class, names = "TRAIN", mode = EnumSource.Mode.EXCLUDE)
  void bundledLibrariesHoldWhatTheManifestSays(Split split) {
    for (var artifact : SourceArtifact.of(split)) {
      var documents = SourceJar.onClassPath(artifact);
      assertThat(documents).as(artifact.artifact()).hasSize(artifact.files());
      assertThat(bytes(documents)).as(artifact.artifact()).isEqualTo(artifact.bytes());
    }
  }

  private static long bytes(List<String> documents) {
    return documents.stream().mapToLong(d -> d.getBytes(StandardCharsets.UTF_8).length).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "java:validation", "java:test"})
  void bundledCorpusIsJavaWithoutLicenceHeads(String name) {
    var corpus = Corpus.load(name);
    assertThat(corpus.name()).isEqualTo(name);
    assertThat(corpus.text().startsWith("package ")).isTrue();
    assertThat(corpus.text().lines().filter(l -> l.startsWith("package ")).count()).isGreaterThan(300);
    assertThat(corpus.sha256()).isEqualTo(Sha256.of(corpus.text()));
  }

  @Test
  void noLibraryIsInTwoSplits() {
    var seen = new HashSet<String>();
    assertThat(SourceArtifact.all()).allMatch(a -> seen.add(a.group() + ":" + a.id()))
        .allMatch(a -> a.licence().equals("Apache-2.0"));
  }

  @Test
  void splitsShareNoDocument() {
    var seen = new HashSet<String>();
    for (var name : List.of("java", "java:validation", "java:test")) {
      for (var artifact : SourceArtifact.of(Split.bundled(name).orElseThrow())) {
        assertThat(SourceJar.onClassPath(artifact)).allMatch(seen::add);
      }
    }
  }

  @Test
  void changedJarIsRefused(@TempDir Path folder) throws Exception {
    var artifact = SourceArtifact.of(Split.TEST).get(0);
    var jar = Files.writeString(folder.resolve("x.jar"), "other");
    assertThatThrownBy(() -> SourceJar.at(jar, artifact)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(artifact.artifact()).hasMessageContaining(artifact.sha256());
  }

  @Test
  void missingJarIsNamed() {
    var absent = new SourceArtifact("g:a:1", "Apache-2.0", Split.TEST, "0".repeat(64), 1, 1, "no/Such.java");
    assertThatThrownBy(() -> SourceJar.onClassPath(absent)).hasMessageContaining("g:a:1").hasMessageContaining("class path");
  }

  @Test
  void fileIsReadAsItIs(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("wiki.test.raw"), " \n = Ä = \n");
    assertThat(Corpus.load(file.toString()).text()).isEqualTo(" \n = Ä = \n");
    assertThat(Corpus.load(file.toString()).name()).isEqualTo("wiki.test.raw");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java:train", "c4", "/no/such/file", "nul\0"})
  void unknownNameListsWhatIsAllowed(String name) {
    assertThatThrownBy(() -> Corpus.load(name)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name).hasMessageContaining("\"java\", \"java:validation\", \"java:test\"");
  }

  @Test
  void blankTextIsRefused() {
    assertThatThrownBy(() -> Corpus.of("mine", " ")).hasMessageContaining("mine");
  }
}
