package org.thurn.transfer.relay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.dns.RecordData;
import org.thurn.net.TlsUpgrade;
import org.thurn.queue.Outcome;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;
import org.thurn.tls.TlsServer;
import org.thurn.tls.dane.TlsaData;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.MxPattern;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.tls.mtasts.StsStatus;
import org.thurn.tls.policy.Level;

/** A relay and the domain {@code soft.example}, with one host, its certificate and policies. */
abstract class OneTlsHost {
  static final String MESSAGE = "Subject: x\r\n\r\nhello\r\n";
  static final String SECOND_HELLO = RelayTest.TAKES.substring("S: 220 mx\n".length());
  static final String UNTIL_TLS = RelaySessionTest.STARTTLS + "S: 220 go\nS!: tls\n";
  static final String BY_TLS = UNTIL_TLS + SECOND_HELLO + RelayTest.QUIT;
  static final String REFUSED_BY_US = UNTIL_TLS + "C: never\n";
  static final String IN_CLEAR = RelayTest.TAKES + RelayTest.QUIT;

  final RelayBench bench = new RelayBench();
  private final AtomicReference<StsStatus> policyNow =
      new AtomicReference<>(new StsStatus.None("no record"));
  final TestCertificates authority = new TestCertificates();
  final TestCertificates.Issued right = authority.issue("mx.soft.example");
  @TempDir private Path folder;

  @BeforeEach
  void oneHost() throws Exception {
    bench.dns.mx("soft.example", 10, "mx.soft.example").address("mx.soft.example", "127.9.0.1");
    bench.sts = (_, _) -> policyNow.get();
    bench.tls = TlsClient.trusting(authority.writeAuthority(folder.resolve("ca.pem")));
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  Optional<TlsUpgrade> shows(TestCertificates.Issued issued) throws Exception {
    issued.writeTo(folder);
    return Optional.of(new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem")));
  }

  /** The host's port is known when its server stands. */
  void tlsa(RecordData.Tlsa record) {
    bench.dns.signed().tlsa("_" + bench.port() + "._tcp.mx.soft.example", record);
  }

  static RecordData.Tlsa of(TestCertificates.Issued issued) {
    return TlsaData.ofKey(issued.certificate().getPublicKey().getEncoded());
  }

  void policy(Mode mode, String mx) {
    policy(mode, mx, Optional.empty());
  }

  void policy(Mode mode, String mx, Optional<StsStatus.Trouble> trouble) {
    StsPolicy policy =
        new StsPolicy(mode, List.of(MxPattern.parse(mx).orElseThrow()), Duration.ofDays(7));
    policyNow.set(new StsStatus.Known(policy, "1", Instant.MAX, trouble));
  }

  void level(Level level) {
    bench.tuning = s -> s.with(new TlsLevels(List.of(), level));
  }

  Outcome attempt() throws Exception {
    Outcome outcome = bench.attempt(MESSAGE, "bob@soft.example").getFirst();
    bench.relay().close();
    return outcome;
  }
}
