package org.thurn.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.testing.SharedData;

/** The awkward messages of {@code mime/testmsgs}: one row per message. */
class MimeCorpusTest {
  /** The messages whose expected trees we contradict, and the RFC that they contradict. */
  private static final Map<String, String> DEVIATIONS =
      Map.of(
          "base64encoded-rfc822message",
          "RFC 2046 §5.2.1: message/rfc822 is never encoded; an opaque leaf",
          "base64encoded-rfc822message-nested",
          "RFC 2046 §5.2.1: message/rfc822 is never encoded; an opaque leaf",
          "bad-newlines-multiple-parts-base64",
          "RFC 2046 §5.2.1: message/rfc822 is never encoded; an opaque leaf",
          "malformedHeaderStartsBody-nocrlfcrlf",
          "RFC 5322 §2.1: only an empty line ends the header; the tree loses a line of it",
          "malformedHeaderStartsBody-noheader",
          "RFC 5322 §2.1: only an empty line ends the header; the tree loses a line of it");

  static Stream<String> messages() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".msg"))
          .map(name -> name.substring(0, name.length() - 4))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Path folder() {
    return SharedData.require("mime/testmsgs");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void treeIsTheExpectedOne(String name) throws IOException {
    byte[] message = Files.readAllBytes(folder().resolve(name + ".msg"));
    String expected =
        Files.readString(folder().resolve(name + ".xml"), StandardCharsets.ISO_8859_1);
    String tree = TreeText.of(MimeParser.parse(message, MessageLimits.DEFAULT), message);
    if (DEVIATIONS.containsKey(name)) {
      assertThat(tree).as("deviates no more: strike it from the list").isNotEqualTo(expected);
    } else {
      assertThat(tree).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decodedBodiesAreTheExpectedOnes(String name) throws IOException {
    if (DEVIATIONS.containsKey(name)) {
      return;
    }
    byte[] message = Files.readAllBytes(folder().resolve(name + ".msg"));
    Map<String, byte[]> decoded = new TreeMap<>();
    collect(MimeParser.parse(message, MessageLimits.DEFAULT).root(), "1", message, decoded);
    for (Map.Entry<String, byte[]> part : decoded.entrySet()) {
      Path text = folder().resolve(name + "_decoded_" + part.getKey() + ".txt");
      Path file = Files.exists(text) ? text : Path.of(text.toString().replace(".txt", ".bin"));
      assertThat(part.getValue()).as("part %s", part.getKey()).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void atMostFiveDeviate() {
    assertThat(DEVIATIONS).hasSizeLessThanOrEqualTo(5);
  }

  private static void collect(
      MimePart part, String id, byte[] message, Map<String, byte[]> decoded) {
    if (part instanceof MimePart.Leaf leaf) {
      try {
        decoded.put(id, leaf.decoded(OctetSource.of(message)).readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    int n = 1;
    for (MimePart child : part.children()) {
      collect(child, id + "_" + n++, message, decoded);
    }
  }
}
