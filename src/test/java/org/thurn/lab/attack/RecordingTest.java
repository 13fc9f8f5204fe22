package org.thurn.lab.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurn.lab.attack.Recording.Did;
import org.thurn.lab.attack.Recording.Said;
import org.thurn.lab.attack.Recording.Speaker;

class RecordingTest {
  private final Recording recording = new Recording();

  private void said(int connection, Speaker speaker, String octets) {
    byte[] all = octets.getBytes(StandardCharsets.ISO_8859_1);
    recording.said(connection, speaker, all, all.length);
  }

  @Test
  void whatComesInSeveralBreathsIsOneThing() {
    int one = recording.begin();
    said(one, Speaker.SENDER, "EH");
    said(one, Speaker.SENDER, "LO mx\r\n");
    recording.said(one, Speaker.RECEIVER, "250 mx");
    said(one, Speaker.SENDER, "STARTTLS\r\n");
    said(one, Speaker.SENDER, "\u0016\u0003\u0001");
    recording.did(one, "looks on");
    int two = recording.begin();
    said(two, Speaker.SENDER, "\u0017\u00ff");

    assertThat(recording.items())
        .isEqualTo(
            List.of(
                new Said(1, Speaker.SENDER, "EHLO mx\r\n"),
                new Said(1, Speaker.RECEIVER, "250 mx\r\n"),
                new Said(1, Speaker.SENDER, "STARTTLS\r\n"),
                new Said(1, Speaker.SENDER, "\u0016\u0003\u0001"),
                new Did(1, "looks on"),
                new Said(2, Speaker.SENDER, "\u0017\u00ff")));
    assertThat(recording.heard())
        .isEqualTo("EHLO mx\r\nSTARTTLS\r\n\u0016\u0003\u0001\u0017\u00ff");
  }

  @Test
  void textIsToldFromWhatCannotBeRead() {
    assertThat(new Said(1, Speaker.SENDER, "MAIL FROM:<>\r\n\t~").readable()).isTrue();
    assertThat(new Said(1, Speaker.SENDER, "MAIL\u007f").readable()).isFalse();
    assertThat(new Said(1, Speaker.SENDER, "\u0000").readable()).isFalse();
    assertThat(new Said(1, Speaker.SENDER, "\u00e9").readable()).isFalse();
  }

  @Test
  void whoTalksWithoutEndFillsNoMemory() {
    int one = recording.begin();
    String much = "x".repeat(100_000);
    for (int i = 0; i < 5; i++) {
      said(one, Speaker.SENDER, much);
    }
    assertThat(recording.heard()).hasSize(200_000);
  }
}
