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

/**
 * How TLS to one server went is reported to it a day later, signed, and shown there. None of these
 * servers offers TLS.
 */
@Timeout(120)
class TlsReportsPassageTest {
  private static final Mailbox ALICE = Mailbox.of("alice@a.example");
  private static final Mailbox BOB = Mailbox.of("bob@b.example");
  private static final Mailbox REPORTS_A = Mailbox.of("tls@a.example");
  private static final Mailbox REPORTS_B = Mailbox.of("tls@b.example");
  private static final Duration A_DAY = Duration.ofHours(29);
  private static final String ZONE =
      """
      a.example. 60 IN MX 10 mx.a.example.
      _smtp._tls.a.example. 60 IN TXT "v=TLSRPTv1; rua=mailto:tls@a.example"
      mx.a.example. 60 IN A 127.26.0.1
      b.example. 60 IN MX 10 mx.b.example.
      _smtp._tls.b.example. 60 IN TXT "v=TLSRPTv1; rua=mailto:tls@b.example"
      mx.b.example. 60 IN A 127.26.0.2
      """;

  @TempDir private Path folder;
  private final ShiftedTime time = new ShiftedTime();
  private SmallInternet internet;
  private SmallInternet.Host a;
  private SmallInternet.Host b;

  @BeforeEach
  void open() throws Exception {
    internet = new SmallInternet(folder, ZONE, time);
    a = host("mx.a.example", "127.26.0.1", REPORTS_A);
    b = host("mx.b.example", "127.26.0.2", REPORTS_B);
    a.account(ALICE);
    a.account(REPORTS_A);
    b.account(BOB);
    b.account(REPORTS_B);
  }

  private SmallInternet.Host host(String name, String address, Mailbox reports) throws Exception {
    Character usual = new Character(Map.of(), List.of(), 1_000, Settings.Queue.USUAL);
    Settings.TlsReports receiving =
        new Settings.TlsReports(
            true, Optional.empty(), Optional.empty(), Optional.empty(), List.of(reports), false);
    return internet.host(name, address, usual.reportingTls(receiving));
  }

  @AfterEach
  void close() throws Exception {
    internet.close();
  }

  private static void send(SmallInternet.Host from, Mailbox sender, Mailbox to) throws IOException {
    try (Talker talker = from.submit(sender)) {
      String message = "From: " + sender + "\r\nSubject: hi\r\n\r\nhello";
      assertThat(talker.send("<" + sender + ">", List.of("<" + to + ">"), message))
          .startsWith("250 ");
    }
  }

  private static String thurn(SmallInternet.Host host, int exit, String command)
      throws IOException {
    return host.thurn(exit, command, ControlClient.arguments());
  }

  @Test
  void theServerLearnsOfItADayLater() throws Exception {
    b.inside().keepKeys();
    send(b, BOB, ALICE);
    a.mailAfter(0, ALICE);
    assertThat(thurn(b, 0, "tls-reports-outgoing"))
        .contains("a.example", "counting  1 sessions in 1 rows");
    time.forward(A_DAY);

    String mail = a.mailAfter(0, REPORTS_A);
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
        .contains("without a policy")
        .contains("1 × starttls-not-supported at mx.a.example [127.26.0.1], from [127.26.0.2]")
        .contains("the host offered no STARTTLS");
    assertThat(thurn(a, 0, "store-verify")).contains("nothing is wrong");
    assertThat(thurn(b, 0, "store-verify")).contains("nothing is wrong");
  }

  /** Without keys in the DNS nothing proves who reports, and the report is passed over. */
  @Test
  void nobodyBelievesAReportThatIsNotSigned() throws Exception {
    send(b, BOB, ALICE);
    a.mailAfter(0, ALICE);
    time.forward(A_DAY);
    assertThat(a.mailAfter(0, REPORTS_A)).contains("application/tlsrpt+gzip");
    a.awaitEmptyQueue();
    assertThat(thurn(a, 1, "tls-reports-received")).contains("nobody has reported on TLS");
  }

  /** Else two who once wrote to each other would report of their reports for ever. */
  @Test
  void nobodyReportsOfReports() throws Exception {
    send(b, BOB, ALICE);
    send(a, ALICE, BOB);
    a.mailAfter(0, ALICE);
    b.mailAfter(0, BOB);
    time.forward(A_DAY);
    a.mailAfter(0, REPORTS_A);
    b.mailAfter(0, REPORTS_B);
    a.awaitEmptyQueue();
    b.awaitEmptyQueue();
    assertThat(thurn(a, 0, "tls-reports-outgoing")).contains("sent ").doesNotContain("counting");
    assertThat(thurn(b, 0, "tls-reports-outgoing")).contains("sent ").doesNotContain("counting");
  }
}
