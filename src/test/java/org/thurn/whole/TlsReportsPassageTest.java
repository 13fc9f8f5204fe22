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
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyType;
import org.thurn.tls.tlsrpt.ReportedPolicy;
import org.thurn.tls.tlsrpt.SessionResult;
import org.thurn.whole.SmallInternet.Character;

/** How TLS to one server went is reported to it a day later, signed, and shown there. */
@Timeout(120)
class TlsReportsPassageTest {
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
    b.account(Mailbox.of("bob@b.example"));
  }

  @AfterEach
  void close() throws Exception {
    internet.close();
  }

  private void sessions() {
    ReportedPolicy policy =
        new ReportedPolicy(
            PolicyType.STS,
            List.of("version: STSv1", "mode: enforce", "mx: mx.a.example", "max_age: 86400"),
            "a.example",
            List.of("mx.a.example"));
    FailureDetails expired =
        new FailureDetails(
            "certificate-expired",
            Optional.of("127.26.0.2"),
            Optional.of("mx.a.example"),
            Optional.empty(),
            Optional.of("127.26.0.1"),
            1,
            Optional.empty(),
            Optional.empty());
    b.inside().tlsObserver().counted(new SessionResult(policy, Optional.empty()));
    b.inside().tlsObserver().counted(new SessionResult(policy, Optional.of(expired)));
    b.inside().tlsObserver().counted(new SessionResult(policy, Optional.of(expired)));
  }

  private static String thurn(SmallInternet.Host host, int exit, String command)
      throws IOException {
    return host.thurn(exit, command, ControlClient.arguments());
  }

  @Test
  void theServerLearnsOfItADayLater() throws Exception {
    b.inside().keepKeys();
    sessions();
    assertThat(thurn(b, 0, "tls-reports-outgoing"))
        .contains("a.example", "counting  3 sessions in 2 rows");
    time.forward(Duration.ofHours(29));

    String mail = a.mailAfter(0, REPORTS);
    assertThat(mail)
        .contains(
            "TLS-Required: No",
            "TLS-Report-Domain: a.example",
            "TLS-Report-Submitter: mx.b.example",
            "dkim=pass",
            "application/tlsrpt+gzip");
    a.awaitEmptyQueue();
    assertThat(thurn(b, 0, "tls-reports-outgoing"))
        .contains("sent      to tls@a.example, 3 sessions")
        .doesNotContain("counting  3");
    assertThat(thurn(a, 0, "tls-reports-received"))
        .contains("1 reports: 1 sessions went well, 2 failed")
        .contains("from mx.b.example, signed by b.example")
        .contains("MTA-STS (mx.a.example): 1 sessions went well, 2 failed")
        .contains(
            "2 × certificate-expired at mx.a.example [127.26.0.1], from [127.26.0.2]: the"
                + " certificate had expired");
    assertThat(thurn(a, 0, "store-verify")).contains("nothing is wrong");
    assertThat(thurn(b, 0, "store-verify")).contains("nothing is wrong");
  }

  /** Without keys in the DNS nothing proves who reports, and the report is passed over. */
  @Test
  void nobodyBelievesAReportThatIsNotSigned() throws Exception {
    sessions();
    time.forward(Duration.ofHours(29));
    assertThat(a.mailAfter(0, REPORTS)).contains("application/tlsrpt+gzip");
    a.awaitEmptyQueue();
    assertThat(thurn(a, 1, "tls-reports-received")).contains("nobody has reported on TLS");
  }
}
