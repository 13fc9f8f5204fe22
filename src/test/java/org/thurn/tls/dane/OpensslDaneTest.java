package org.thurn.tls.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.tls.dane.Issued.Form.AUTHORITY;
import static org.thurn.tls.dane.Issued.Form.SERVER;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Tlsa;
import org.thurn.name.IpAddress;
import org.thurn.net.Connection;
import org.thurn.net.Connector;
import org.thurn.testing.Programs;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;

/**
 * The same chains and records, judged by openssl and by us. In one thing we are stricter: openssl
 * takes an anchor whose time is over, but only if it is not self-signed.
 */
@Timeout(300)
class OpensslDaneTest {
  private static final String HOST = "mx.strict.example";
  private static final Issued ROOT = Issued.root("root", AUTHORITY);
  private static final Issued MIDDLE = ROOT.issue("middle", AUTHORITY);
  private static final Issued OWN = MIDDLE.issue("own", SERVER.names(HOST));

  private static final Issued OLD_ROOT = ROOT.issue("root", ROOT.keys(), AUTHORITY.expired());
  private static final Issued OLD_MIDDLE = ROOT.issue("middle", MIDDLE.keys(), AUTHORITY.expired());

  @TempDir private Path folder;

  /** What one server sends, with the key of its certificate. */
  private record Sent(String what, Issued own, List<X509Certificate> certificates) {
    static Sent of(String what, Issued... all) {
      return new Sent(what, all[0], Issued.chain(all));
    }
  }

  private static List<Sent> servers() {
    Issued expired = MIDDLE.issue("own", OWN.keys(), SERVER.names(HOST).expired());
    Issued other = MIDDLE.issue("own", OWN.keys(), SERVER.names("else.example"));
    Issued wild = MIDDLE.issue("own", OWN.keys(), SERVER.names("*.strict.example"));
    Issued next = MIDDLE.issue("own", SERVER.names(HOST));
    Issued forger = Issued.root("middle", AUTHORITY);
    Issued self = Issued.root("own", SERVER.names(HOST));
    Issued noAuthority = ROOT.issue("middle", MIDDLE.keys(), SERVER);
    Issued noSigner =
        ROOT.issue("middle", MIDDLE.keys(), AUTHORITY.usage(KeyUsage.digitalSignature));
    Issued mail =
        ROOT.issue("middle", MIDDLE.keys(), AUTHORITY.purpose(KeyPurposeId.id_kp_emailProtection));
    Issued client =
        MIDDLE.issue("own", OWN.keys(), SERVER.names(HOST).purpose(KeyPurposeId.id_kp_clientAuth));
    return List.of(
        Sent.of("whole", OWN, MIDDLE, ROOT),
        Sent.of("without root", OWN, MIDDLE),
        Sent.of("without middle", OWN, ROOT),
        Sent.of("alone", OWN),
        Sent.of("in disorder", OWN, ROOT, MIDDLE),
        Sent.of("expired", expired, MIDDLE, ROOT),
        Sent.of("other name", other, MIDDLE, ROOT),
        Sent.of("wildcard", wild, MIDDLE, ROOT),
        Sent.of("other key", next, MIDDLE, ROOT),
        Sent.of("forged", forger.issue("own", SERVER.names(HOST)), MIDDLE, ROOT),
        Sent.of("self-signed", self),
        Sent.of("middle expired", OWN, OLD_MIDDLE, ROOT),
        Sent.of("root expired", OWN, MIDDLE, OLD_ROOT),
        Sent.of("middle no authority", OWN, noAuthority, ROOT),
        Sent.of("middle may not sign", OWN, noSigner, ROOT),
        Sent.of("middle for mail", OWN, mail, ROOT),
        Sent.of("for clients", client, MIDDLE, ROOT));
  }

  private static List<Tlsa> records() throws Exception {
    List<Tlsa> records = new ArrayList<>();
    for (int selector = 0; selector <= 1; selector++) {
      for (int matching = 0; matching <= 2; matching++) {
        records.add(TlsaData.of(3, selector, matching, OWN.certificate()));
        records.add(TlsaData.of(2, selector, matching, MIDDLE.certificate()));
        records.add(TlsaData.of(2, selector, matching, ROOT.certificate()));
        records.add(TlsaData.of(2, selector, matching, OWN.certificate()));
        records.add(TlsaData.of(2, selector, matching, OLD_MIDDLE.certificate()));
        records.add(TlsaData.of(2, selector, matching, OLD_ROOT.certificate()));
      }
    }
    return records;
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  /** {@code openssl s_server}, which sends whatever it is told to. */
  private final class Server implements AutoCloseable {
    private final Process process;
    private final int port;

    Server(String openssl, Sent sent) throws Exception {
      StringBuilder above = new StringBuilder();
      for (X509Certificate certificate :
          sent.certificates().subList(1, sent.certificates().size())) {
        above.append(pem(certificate));
      }
      Path own = Files.writeString(folder.resolve("own.pem"), pem(sent.own().certificate()));
      Path key = folder.resolve("key.pem");
      Files.writeString(key, pem(new JcaPKCS8Generator(sent.own().keys().getPrivate(), null)));
      List<String> command =
          new ArrayList<>(
              List.of(openssl, "s_server", "-accept", "127.0.0.1:0", "-cert", own.toString()));
      command.addAll(List.of("-key", key.toString()));
      if (!above.isEmpty()) {
        Path chain = Files.writeString(folder.resolve("above.pem"), above);
        command.addAll(List.of("-cert_chain", chain.toString()));
      }
      Path said = Files.createTempFile(folder, "said", ".txt");
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      port = port(said);
    }

    private int port(Path said) throws Exception {
      Pattern accept = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:(\\d+)");
      for (int i = 0; i < 1_000; i++) {
        Matcher line = accept.matcher(Files.readString(said));
        if (line.find()) {
          return Integer.parseInt(line.group(1));
        }
        Time.system().pause(Duration.ofMillis(10));
      }
      throw new IllegalStateException("openssl s_server: " + Files.readString(said));
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  @Test
  void opensslAndWeSayTheSame() throws Exception {
    String openssl = Programs.require("openssl").toString();
    Set<String> differences = new TreeSet<>();
    int accepted = 0;
    for (Sent sent : servers()) {
      try (Server server = new Server(openssl, sent)) {
        for (Tlsa record : records()) {
          boolean theirs = verifies(openssl, server.port, record);
          accepted += theirs ? 1 : 0;
          if (theirs && record.usage() == TlsaData.DANE_TA && isExpiredMiddle(sent, record)) {
            assertThat(weVerify(server.port, record)).as(sent.what() + record).isFalse();
          } else if (theirs != weVerify(server.port, record)) {
            differences.add(sent.what() + ": " + cut(record) + (theirs ? " openssl" : " we"));
          }
        }
      }
    }
    assertThat(accepted).isGreaterThan(100);
    assertThat(differences).isEmpty();
  }

  /** Whether the record is about the expired certificate: its own, or the one that was sent. */
  private static boolean isExpiredMiddle(Sent sent, Tlsa record) throws CertificateException {
    X509Certificate old = OLD_MIDDLE.certificate();
    boolean about = TlsaData.of(2, record.selector(), record.matching(), old).equals(record);
    boolean itself = record.selector() == TlsaData.CERT && record.matching() == TlsaData.FULL;
    return about && (itself || sent.certificates().contains(old));
  }

  private static boolean weVerify(int port, Tlsa record) throws IOException {
    DnsName name = new DnsName(HOST);
    DaneProof proof = new DaneProof(DaneVerifier.of(List.of(record), name), Time.system());
    try (Connector connector = new Connector();
        Connection connection =
            connector.connect(
                new InetSocketAddress(IpAddress.of("127.0.0.1"), port),
                Optional.empty(),
                Connector.Timeouts.DEFAULT)) {
      connection.startTls(TlsClient.trustingSystem().authenticated(name, proof));
      return true;
    } catch (SSLHandshakeException e) {
      assertThat(e).hasMessageStartingWith("DANE: ");
      return false;
    }
  }

  private static String cut(Tlsa record) {
    String text = TlsaData.text(record);
    return text.substring(0, Math.min(14, text.length()));
  }

  private static boolean verifies(String openssl, int port, Tlsa record) throws Exception {
    List<String> command =
        List.of(
            openssl,
            "s_client",
            "-brief",
            "-connect",
            "127.0.0.1:" + port,
            "-dane_tlsa_domain",
            HOST,
            "-dane_ee_no_namechecks",
            "-dane_tlsa_rrdata",
            TlsaData.text(record),
            "-verify_return_error");
    Programs.Ran ran = Programs.run(Duration.ofSeconds(20), "", command);
    assertThat(ran.output()).containsPattern("Verification: OK|verify error|certificate verify");
    return ran.exitCode() == 0;
  }
}
