package org.thurn.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may leave as DATA. The left column is stored, the right one is sent. */
class DotStuffingTest {
  private static String sent(String stored) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DotStuffing stuffing = new DotStuffing(out);
    stuffing.write(stored.getBytes(StandardCharsets.ISO_8859_1));
    stuffing.finish();
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String wire(String shown) {
    return shown.replace("R", "\r").replace("N", "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        // the ordinary
        "aRN|aRN.RN",
        "a|aRN.RN",
        "''|.RN",
        ".RN|..RN.RN",
        ".aRN..bRN|..aRN...bRN.RN",
        "a.RN|a.RN.RN",
        "RNRN|RNRN.RN",
        // the published smuggling sequences, each with a second transaction behind it
        "aN.NMAIL|aRN..RNMAILRN.RN",
        "aN.RNMAIL|aRN..RNMAILRN.RN",
        "aRN.NMAIL|aRN..RNMAILRN.RN",
        "aR.RMAIL|aRN..RNMAILRN.RN",
        "aR.RNMAIL|aRN..RNMAILRN.RN",
        "aRN.RMAIL|aRN..RNMAILRN.RN",
        "aRRN.RNMAIL|aRNRN..RNMAILRN.RN",
        "aRN.RRNMAIL|aRN..RNRNMAILRN.RN",
        "aRN.RN|aRN..RN.RN",
        "aNN.NNMAIL|aRNRN..RNRNMAILRN.RN",
        "aR|aRN.RN",
        "aN|aRN.RN",
        ".R|..RN.RN",
        "aRN.|aRN..RN.RN",
      })
  void nothingStoredEndsTheMessageEarly(String stored, String expected) throws IOException {
    assertThat(sent(wire(stored))).isEqualTo(wire(expected));
  }

  /** Seeded: in any output, CR and LF stand together only, and CRLF.CRLF is the end only. */
  @Test
  void holdsForAnyOctets() throws IOException {
    Random random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder stored = new StringBuilder();
      int length = random.nextInt(20);
      for (int i = 0; i < length; i++) {
        stored.append("\r\n.a\0".charAt(random.nextInt(5)));
      }
      String sent = sent(stored.toString());
      assertThat(sent.replace("\r\n", "")).doesNotContain("\r", "\n");
      assertThat(("\r\n" + sent).indexOf("\r\n.\r\n")).isEqualTo(sent.length() - 3);
    }
  }

  @Test
  void theBufferHasNoSeam() throws IOException {
    String stored = ("." + "x".repeat(60) + "\r\n").repeat(1000);
    assertThat(sent(stored))
        .isEqualTo(stored.replace("\r\n.", "\r\n..").replaceFirst("^", ".") + ".\r\n");
  }
}
