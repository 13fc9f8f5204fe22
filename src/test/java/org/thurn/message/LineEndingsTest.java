package org.thurn.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineEndingsTest {
  private static String expand(String text) {
    return text.replace("R", "\r").replace("N", "\n").replace("0", "\u0000");
  }

  private static String normalize(String text) throws IOException {
    byte[] octets = text.getBytes(ISO_8859_1);
    return new String(
        LineEndings.normalize(new ByteArrayInputStream(octets)).readAllBytes(), ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "aRN,aRN",
    "aN,aRN",
    "aR,aRN",
    "a,aRN",
    "'',''",
    "N,RN",
    "R,RN",
    "RR,RNRN",
    "NR,RNRN",
    "NN,RNRN",
    "RRN,RNRN",
    "RNN,RNRN",
    "aN.NRN,aRN.RNRN",
    "aR.Rb,aRN.RNbRN",
    "aRN.NMAIL FROM:<x>RN,aRN.RNMAIL FROM:<x>RN",
    "a0bN,a0bRN"
  })
  void onlyCrlfRemains(String from, String to) throws IOException {
    assertThat(normalize(expand(from))).isEqualTo(expand(to));
  }

  @Test
  void normalTextPassesUnchangedOverBufferEnds() throws IOException {
    for (int before = 8185; before < 8195; before++) {
      String text = "x".repeat(before) + "\r\n" + "y".repeat(20_000) + "\r\n";
      assertThat(normalize(text)).isEqualTo(text);
    }
  }

  @Test
  void whatIsNormalizedExaminesClean() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(300); i > 0; i--) {
        text.append("\r\n.ab".charAt(random.nextInt(5)));
      }
      byte[] out = normalize(text.toString()).getBytes(ISO_8859_1);
      Traits traits = LineEndings.examine(new ByteArrayInputStream(out));
      assertThat(traits.bareCr() || traits.bareLf()).isFalse();
      assertThat(new String(out, ISO_8859_1).replaceAll("[\r\n]", ""))
          .isEqualTo(text.toString().replaceAll("[\r\n]", ""));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aRN,false,false,false,1",
    "abcN,false,true,false,3",
    "aRb,true,false,false,3",
    "aR,true,false,false,2",
    "aRRN,true,false,false,2",
    "NR,true,true,false,1",
    "0,false,false,true,1"
  })
  void examines(String text, boolean cr, boolean lf, boolean nul, long longest) throws IOException {
    byte[] octets = expand(text).getBytes(ISO_8859_1);
    assertThat(LineEndings.examine(new ByteArrayInputStream(octets)))
        .isEqualTo(new Traits(false, nul, cr, lf, longest));
  }
}
