package org.thurn.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MimeParserTest {
  private static final String MIXED =
      """
      From: a@x.test
      Content-Type: multipart/mixed; boundary=b

      preamble
      --b
      Content-Type: text/plain; charset=iso-8859-1
      Content-Transfer-Encoding: quoted-printable
      Content-ID: <1@x>
      Content-Language: en, de
      Content-Disposition: attachment; filename="a b.txt"

      gr=FCn
      line two
      --b
      Content-Type: message/rfc822

      Subject: inner

      one
      two
      three
      --b--
      epilogue
      """
          .replace("\n", "\r\n");

  private static MimeTree parse(String message) {
    return MimeParser.parse(message.getBytes(ISO_8859_1), MessageLimits.DEFAULT);
  }

  private static String text(String message, Extent extent) {
    return message.substring((int) extent.offset(), (int) extent.end());
  }

  @Test
  void partsKnowTheirPlaces() throws IOException {
    MimeTree tree = parse(MIXED);
    assertThat(tree.size()).isEqualTo(MIXED.length());
    assertThat(tree.lines()).isEqualTo(MIXED.lines().count());
    assertThat(tree.defects()).isEmpty();
    MimePart.Multipart root = (MimePart.Multipart) tree.root();
    assertThat(text(MIXED, root.preamble())).isEqualTo("preamble");
    assertThat(text(MIXED, root.epilogue())).isEqualTo("epilogue\r\n");
    assertThat(root.entity().body().end()).isEqualTo(MIXED.length());

    MimePart first = root.parts().get(0);
    assertThat(text(MIXED, first.entity().header()))
        .startsWith("Content-Type")
        .endsWith("\r\n\r\n");
    assertThat(text(MIXED, first.entity().body())).isEqualTo("gr=FCn\r\nline two");
    assertThat(first.entity().lines()).isEqualTo(1);
    assertThat(first.text(OctetSource.of(MIXED.getBytes(ISO_8859_1)), 100))
        .isEqualTo("grün\r\nline two");
    assertThat(first.text(OctetSource.of(MIXED.getBytes(ISO_8859_1)), 4)).isEqualTo("grün");
  }

  @Test
  void textThatIsCutEndsInAWholeCharacter() throws IOException {
    byte[] message = "Subject: x\r\n\r\nab\u00fc\u20ac\ud83d\ude00z".getBytes(UTF_8);
    MimePart root = MimeParser.parse(message, MessageLimits.DEFAULT).root();
    List<String> cuts = new ArrayList<>();
    for (int octets = 2; octets <= 12; octets++) {
      cuts.add(root.text(OctetSource.of(message), octets));
    }
    assertThat(cuts)
        .containsExactly(
            "ab",
            "ab",
            "ab\u00fc",
            "ab\u00fc",
            "ab\u00fc",
            "ab\u00fc\u20ac",
            "ab\u00fc\u20ac",
            "ab\u00fc\u20ac",
            "ab\u00fc\u20ac",
            "ab\u00fc\u20ac\ud83d\ude00",
            "ab\u00fc\u20ac\ud83d\ude00z");
  }

  @Test
  void embeddedMessageIsParsed() throws IOException {
    MimeTree tree = parse(MIXED);
    MimePart.Multipart root = (MimePart.Multipart) tree.root();

    MimePart.Embedded second = (MimePart.Embedded) root.parts().get(1);
    assertThat(text(MIXED, second.entity().body()))
        .isEqualTo("Subject: inner\r\n\r\none\r\ntwo\r\nthree");
    assertThat(second.entity().lines()).isEqualTo(4);
    assertThat(second.message().entity().lines()).isEqualTo(2);
    assertThat(text(MIXED, second.message().entity().body())).isEqualTo("one\r\ntwo\r\nthree");
  }

  @Test
  void contentFieldsAreRead() {
    Entity entity = parse(MIXED).root().children().getFirst().entity();
    assertThat(entity.contentId()).hasValue("<1@x>");
    assertThat(entity.languages()).containsExactly("en", "de");
    assertThat(entity.fileName()).hasValue("a b.txt");
    assertThat(entity.transferEncoding()).isEqualTo(TransferEncoding.QUOTED_PRINTABLE);
    assertThat(entity.description()).isEmpty();
    assertThat(entity.md5()).isEmpty();
    assertThat(entity.location()).isEmpty();
  }

  @Test
  void aStreamInSmallPiecesGivesTheSameTree() throws IOException {
    byte[] octets = MIXED.getBytes(ISO_8859_1);
    InputStream drip =
        new ByteArrayInputStream(octets) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
          }
        };
    MimeTree dripped = MimeParser.parse(drip, MessageLimits.DEFAULT);
    assertThat(TreeText.of(dripped, octets)).isEqualTo(TreeText.of(parse(MIXED), octets));
    assertThat(dripped.traits()).isEqualTo(parse(MIXED).traits());
  }

  @Test
  void aLineMayBeLongerThanAnyBuffer() {
    String message = "A: b\r\n\r\n" + "x".repeat(100_000) + "\r\n--b\r\n";
    MimeTree tree = parse(message);
    assertThat(tree.size()).isEqualTo(message.length());
    assertThat(tree.traits().longestLine()).isEqualTo(100_000);
    assertThat(tree.traits().dataClass()).isEqualTo(DataClass.BINARY);
    assertThat(tree.defects()).containsExactly(Defect.LINE_TOO_LONG);
  }

  @Test
  void traitsAreOfEachPart() {
    String message = MIXED.replace("three", "dr\u00fcben");
    MimePart root = parse(message).root();
    assertThat(root.entity().traits().dataClass()).isEqualTo(DataClass.EIGHT_BIT);
    assertThat(root.children().get(0).entity().traits().dataClass()).isEqualTo(DataClass.SEVEN_BIT);
    assertThat(root.children().get(1).entity().traits().dataClass()).isEqualTo(DataClass.EIGHT_BIT);
    assertThat(parse("a: b\r\n\r\nx\ry").traits().bareCr()).isTrue();
    assertThat(parse("a: b\r\n\r\nx\r\ny\r").traits().bareCr()).isTrue();
    assertThat(parse("a: b\r\n\r\nx\r\ny\r\n").traits())
        .isEqualTo(new Traits(false, false, false, false, 4));
  }

  @Test
  void anInnerMultipartEndsWhereTheOuterGoesOn() {
    String message =
        "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n"
            + "Content-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\n\r\ninner\r\n"
            + "--o\r\n\r\nouter\r\n--o--\r\n";
    MimeTree tree = parse(message);
    assertThat(tree.defects()).containsExactly(Defect.UNCLOSED_MULTIPART);
    MimePart.Multipart inner = (MimePart.Multipart) tree.root().children().get(0);
    assertThat(text(message, inner.parts().getFirst().entity().body())).isEqualTo("inner");
    assertThat(text(message, inner.entity().body())).isEqualTo("--i\r\n\r\ninner");
    assertThat(text(message, tree.root().children().get(1).entity().body())).isEqualTo("outer");
  }

  @Test
  void theLongestBoundaryOwnsALine() {
    String message =
        "Content-Type: multipart/mixed; boundary=b--\r\n\r\n--b--\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nin\r\n"
            + "--b----\r\nend";
    MimePart.Multipart root = (MimePart.Multipart) parse(message).root();
    assertThat(root.parts()).hasSize(1);
    assertThat(text(message, root.epilogue())).isEqualTo("end");
  }

  @Test
  void aBoundaryNeedsALineStartAndAnEnd() {
    String message =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b \t\r\n\r\n"
            + " --b\r\n--bb\r\n--b-\r\n--b--x\r\nx--b\r\n--b--  \r\n";
    MimePart.Multipart root = (MimePart.Multipart) parse(message).root();
    assertThat(root.parts()).hasSize(1);
    assertThat(text(message, root.parts().getFirst().entity().body()))
        .isEqualTo(" --b\r\n--bb\r\n--b-\r\n--b--x\r\nx--b");
  }

  @Test
  void anEncodedMessageIsALeaf() {
    String head = "Content-Type: message/%s\r\nContent-Transfer-Encoding: base64\r\n\r\nQQ==";
    MimeTree plain = parse(head.formatted("rfc822"));
    assertThat(plain.root()).isInstanceOf(MimePart.Leaf.class);
    assertThat(plain.defects()).containsExactly(Defect.ENCODED_COMPOSITE);
    MimeTree global = parse(head.formatted("global"));
    assertThat(global.root()).isInstanceOf(MimePart.Leaf.class);
    assertThat(global.defects()).isEmpty();
  }

  @Test
  void aMultipartWithoutBoundaryIsALeaf() {
    MimeTree tree = parse("Content-Type: multipart/mixed\r\n\r\nx");
    assertThat(tree.root()).isInstanceOf(MimePart.Leaf.class);
    assertThat(tree.defects()).containsExactly(Defect.NO_BOUNDARY);
  }

  @Test
  void depthAndPartsAreBounded() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b").append(i);
      deep.append("\r\n\r\n--b").append(i).append("\r\n");
    }
    MimeTree tree = parse(deep.toString());
    assertThat(tree.defects()).isEqualTo(Set.of(Defect.TOO_DEEP, Defect.UNCLOSED_MULTIPART));
    assertThat(tree.size()).isEqualTo(deep.length());

    String many =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(20_000);
    MimeTree wide = parse(many + "--b--\r\n");
    assertThat(wide.root().children()).hasSize(MessageLimits.DEFAULT.parts() - 1);
    assertThat(wide.defects()).contains(Defect.TOO_MANY_PARTS);
    assertThat(wide.root().entity().body().end()).isEqualTo(many.length() + 7);
  }

  @Test
  void embeddedMessagesCountAsDepth() {
    String deep = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
    assertThat(parse(deep).defects()).containsExactly(Defect.TOO_DEEP);
  }

  @Test
  void headerThatRunsIntoADelimiterKeepsItsLineEnd() {
    String message =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n"
            + "\r\nSubject: x\r\n--b--\r\n";
    MimePart.Embedded part = (MimePart.Embedded) parse(message).root().children().getFirst();
    assertThat(text(message, part.entity().body())).isEqualTo("Subject: x\r\n");
    assertThat(text(message, part.message().entity().header())).isEqualTo("Subject: x\r\n");
    assertThat(part.message().entity().body().length()).isZero();
  }
}
