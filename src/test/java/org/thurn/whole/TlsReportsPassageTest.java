package org.thurn.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.admin.ControlClient;
import org.thurn.name.Mailbox;
import org.thurn.server.Settings;
import org.thurn.whole.SmallInternet.Character;

/** How TLS to one server went is reported to it a day later, signed, and shown there. */
@Timeout(120)
class TlsReportsPassageTest {
  private static final Mailbox BOB = Mailbox.of("bob@b.example");
  private static final Mailbox REPORTS = Mailbox.of("tls@a.example");
  private static final String ZONE =
      """
      a.example. 60 IN MX 10 mx.a.example.
      _smtp._tls.a.example. 60 IN TXT "v=TLSRPTv1; rua=mailto:tls@a.example"
      mx.a.example. 60 IN A 127.26.0.1
      b.example. 60 IN MX 10 mx.b.example.
      mx.b.example. 60 IN A 127.26.0.2
      mx.b.example. 60 IN TXT "v=spf1 ip4:127.26.0.2 -all"
      """;

  @TempDir private Path folder;
  private final ShiftedTime time = new ShiftedTime();
  private SmallInternet internet;
  private SmallInternet.Host a;
  private SmallInternet.Host b;

  @BeforeEach
  void open() throws Exception {
    internet = new SmallInternet(folder, ZONE, time);
    Character usual = new Character(Map.of(), List.of(), 1_000, Settings.Queue.USUAL);
    Settings.TlsReports receiving =
        new Settings.TlsReports(
            true, Optional.empty(), Optional.empty(), Optional.empty(), List.of(REPORTS), false);
    a = internet.host("mx.a.example", "127.26.0.1", usual.reportingTls(receiving));
    b = internet.host("mx.b.example", "127.26.0.2", usual);
    a.account(REPORTS);
    b.account(BOB);
  }

  @AfterEach
  void close() throws Exception {
    internet.close();
  }

  /** A message for which b finds no STARTTLS at a. */
  private void deliver() throws Exception {
    String letter = "From: bob@b.example\r\nSubject: An ordinary letter\r\n\r\nhello\r\n";
    try (Talker talker = b.submit(BOB)) {
      assertThat(talker.send("<bob@b.example>", List.of("<tls@a.example>"), letter))
          .startsWith("250 ");
    }
    a.mailAfter(0, REPORTS);
  }

  private static String thurn(SmallInternet.Host host, int exit, String command)
      throws IOException {
    return host.thurn(exit, command, ControlClient.arguments());
  }

  @Test
  void theServerLearnsOfItADayLater() throws Exception {
    b.inside().keepKeys();
    deliver();
    assertThat(thurn(b, 0, "tls-reports-outgoing"))
        .contains("a.example", "counting  1 sessions in 1 rows");
    time.forward(Duration.ofHours(29));

    String mail = a.mailAfter(1, REPORTS);
    assertThat(mail)
        .contains(
            "TLS-Required: No",
            "TLS-Report-Domain: a.example",
            "TLS-Report-Submitter: mx.b.example",
            "dkim=pass",
            "application/tlsrpt+gzip");
    a.awaitEmptyQueue();
    assertThat(thurn(b, 0, "tls-reports-outgoing"))
        .contains("sent      to tls@a.example, 1 sessions")
        .doesNotContain("counting");
    assertThat(thurn(a, 0, "tls-reports-received"))
        .contains("1 reports: 0 sessions went well, 1 failed")
        .contains("from mx.b.example, signed by b.example")
        .contains("without a policy: 0 sessions went well, 1 failed")
        .contains(
            "1 × starttls-not-supported at mx.a.example [127.26.0.1], from [127.26.0.2], \"the"
                + " server offers no STARTTLS\": ");
    assertThat(thurn(a, 0, "store-verify")).contains("nothing is wrong");
    assertThat(thurn(b, 0, "store-verify")).contains("nothing is wrong");
  }
}
