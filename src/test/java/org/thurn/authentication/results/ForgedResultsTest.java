package org.thurn.authentication.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;

/** RFC 8601 §5: what claims to be ours goes, what others wrote stays. */
class ForgedResultsTest {
  private static final ForgedResults FORGED =
      new ForgedResults(List.of("mx.thurn.example", "mx.grün.example"));

  private static boolean kept(String line) {
    byte[] octets = (line + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    assertThat(headers.fields()).hasSize(1);
    return !headers.without(FORGED).fields().isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authentication-Results: mx.thurn.example; spf=pass",
        "authentication-RESULTS:mx.thurn.example;none",
        "Authentication-Results : mx.thurn.example; spf=pass",
        "Authentication-Results: MX.Thurn.Example 1; spf=pass",
        "Authentication-Results: mx.thurn.example.; spf=pass",
        "Authentication-Results: (hello) mx.thurn.example (world) 1 ; spf=pass",
        "Authentication-Results:\r\n mx.thurn.example\r\n ; spf=pass",
        "Authentication-Results: \"mx.thurn.example\"; spf=pass",
        "Authentication-Results: \"mx\\.thurn.exampl\\e\"; spf=pass",
        "Authentication-Results: \" mx.thurn.example \"; spf=pass",
        "Authentication-Results: mx.thurn.example",
        "Authentication-Results: mx.thurn.example/1; spf=pass",
        "Authentication-Results: mx.thurn.example spf=pass",
        "Authentication-Results: mx.thurn.example, spf=pass",
        "Authentication-Results: \"mx.thurn.example; spf=pass",
        "Authentication-Results: (mx.thurn.example; spf=pass",
        "Authentication-Results: mx.\"thurn\".example; spf=pass",
        "Authentication-Results: mx. thurn .example; spf=pass",
        "Authentication-Results: ; mx.thurn.example; spf=pass",
        "Authentication-Results: =?utf-8?q?mx=2Ethurn=2Eexample?=; spf=pass",
        "Authentication-Results: =?us-ascii?b?bXgudGh1cm4uZXhhbXBsZQ==?=; spf=pass",
        "Authentication-Results: mx.thurn\u3002example; spf=pass",
        "Authentication-Results: mx.thu\u00adrn.example; spf=pass",
        "Authentication-Results: ｍx.thurn.example; spf=pass",
        "Authentication-Results: mx.grün.example; spf=pass",
        "Authentication-Results: MX.GRÜN.example; spf=pass",
        "Authentication-Results: mx.xn--grn-ioa.example; spf=pass",
      })
  void forged(String line) {
    assertThat(kept(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authentication-Results: mx.other.example; spf=pass smtp.helo=mx.thurn.example",
        "Authentication-Results: mx.thurn.example.evil.example; spf=pass",
        "Authentication-Results: thurn.example; spf=pass",
        "Authentication-Results: other.example (mx.thurn.example); spf=pass",
        "Authentication-Results: spf=pass (mx.thurn.example) smtp.mailfrom=a.example",
        "Authentication-Results: ]; spf=pass",
        "Authentication-Results:",
        "ARC-Authentication-Results: i=1; mx.thurn.example; spf=pass",
        "X-Authentication-Results: mx.thurn.example; spf=pass",
        "Subject: mx.thurn.example; spf=pass",
      })
  void notForged(String line) {
    assertThat(kept(line)).isTrue();
  }

  @Test
  void whatWeWriteIsOurs() {
    for (String id : List.of("mx.thurn.example", "mx.grün.example")) {
      assertThat(FORGED.test(ResultsWriter.field(AuthenticationResults.of(id, List.of()))))
          .isTrue();
    }
    ForgedResults odd = new ForgedResults(List.of("our filter: No 1"));
    assertThat(
            odd.test(ResultsWriter.field(AuthenticationResults.of("OUR filter: No 1", List.of()))))
        .isTrue();
    assertThatThrownBy(() -> new ForgedResults(List.of("")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
