package org.thurn.transfer.posture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.transfer.posture.World.only;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.dane.TlsaData;

@Timeout(60)
class PostureTest {
  private static final String EHLO = "250-mx greets you\r\n250-STARTTLS\r\n250 PIPELINING";

  @TempDir private Path folder;

  private static String goodRecords(TestCertificates.Issued issued, int port)
      throws CertificateException {
    SigningKey key =
        new SigningKey(
            Domain.of("good.signed.example"), "k", DkimKey.generate(Algorithm.RSA_SHA256));
    return """
    good.signed.example. 300 IN MX 10 mx.signed.example.
    mx.signed.example. 300 IN A 127.27.0.1
    1.0.27.127.in-addr.arpa. 300 IN PTR mx.signed.example.
    good.signed.example. 300 IN TXT "v=spf1 include:spf.signed.example -all"
    spf.signed.example. 300 IN TXT "v=spf1 ip4:127.27.0.1 mx:good.signed.example -all"
    _dmarc.good.signed.example. 300 IN TXT "v=DMARC1; p=reject; rua=mailto:d@good.signed.example"
    _mta-sts.good.signed.example. 300 IN TXT "v=STSv1; id=20261126;"
    mta-sts.good.signed.example. 300 IN A 127.27.0.1
    _smtp._tls.good.signed.example. 300 IN TXT "v=TLSRPTv1; rua=mailto:t@good.signed.example"
    _%d._tcp.mx.signed.example. 300 IN TLSA %s
    """
            .formatted(port, TlsaData.text(TlsaData.recommended(issued.certificate())))
        + key.zoneLine(Set.of())
        + "\n";
  }

  @Test
  void aDomainWithNothingToMend() throws Exception {
    try (World world = new World(folder, "")) {
      TestCertificates.Issued issued = world.authority().issue("mx.signed.example");
      SpokenHost host =
          world.host("127.27.0.1", Optional.of(world.tls(issued)), Map.of("EHLO", EHLO));
      world.policyHost(
          "127.27.0.1",
          world.authority().issue("mta-sts.good.signed.example"),
          "version: STSv1\r\nmode: enforce\r\nmx: *.signed.example\r\nmax_age: 1209600\r\n");
      world.zones.add(goodRecords(issued, world.port()));

      PostureSettings some = world.settings();
      PostureSettings settings =
          new PostureSettings(
              some.port(),
              some.httpsPort(),
              List.of("k"),
              List.of(),
              Optional.empty(),
              true,
              some.time());
      List<Observation> found = world.look("good.signed.example", settings).orElseThrow();

      assertThat(found).allMatch(one -> one.verdict() == Verdict.GOOD && one.advice().isEmpty());
      assertThat(found.stream().map(Observation::topic).distinct())
          .containsExactly(
              Topic.MX,
              Topic.ADDRESS,
              Topic.REVERSE,
              Topic.SMTP,
              Topic.STARTTLS,
              Topic.CERTIFICATE,
              Topic.MTA_STS,
              Topic.DANE,
              Topic.DNSSEC,
              Topic.TLS_RPT,
              Topic.SPF,
              Topic.DKIM,
              Topic.DMARC,
              Topic.DMARC_REPORTS,
              Topic.POSTMASTER,
              Topic.ABUSE);
      assertThat(only(found, Topic.MX).found()).isEqualTo("10 mx.signed.example");
      assertThat(only(found, Topic.MTA_STS).found())
          .isEqualTo("enforce, kept for 14 days, id 20261126");
      assertThat(only(found, Topic.STARTTLS).found()).contains("TLSv1.3 with X25519MLKEM768");
      assertThat(only(found, Topic.SPF).found())
          .contains("; 2 of 10 look-ups")
          .contains("\n  include:spf.signed.example: 1 look-up");
      assertThat(only(found, Topic.DKIM).found()).isEqualTo("k: rsa, 2048 bits");
      assertThat(host.heard())
          .contains(
              "MAIL FROM:<>",
              "RCPT TO:<postmaster@good.signed.example>",
              "RCPT TO:<abuse@good.signed.example>",
              "RSET",
              "QUIT")
          .noneMatch(line -> line.startsWith("DATA") || line.startsWith("BDAT"));
    }
  }

  private static final String WRONG =
      """
      wrong.example. 300 IN MX 0 .
      wrong.example. 300 IN MX 10 alias.wrong.example.
      wrong.example. 300 IN MX 20 nowhere.wrong.example.
      wrong.example. 300 IN MX 30 192.0.2.9.
      wrong.example. 300 IN MX 40 under_score.wrong.example.
      wrong.example. 300 IN MX 50 mx.wrong.example.
      alias.wrong.example. 300 IN CNAME mx.wrong.example.
      mx.wrong.example. 300 IN A 127.27.0.2
      2.0.27.127.in-addr.arpa. 300 IN PTR nowhere.wrong.example.
      _%d._tcp.mx.wrong.example. 300 IN TLSA 3 1 1 00
      wrong.example. 300 IN TXT "v=spf1 +all"
      wrong.example. 300 IN TXT "v=spf1 -all"
      old._domainkey.wrong.example. 300 IN TXT "v=DKIM1; p="
      bad._domainkey.wrong.example. 300 IN TXT "v=DKIM1; p=AAAA"
      two._domainkey.wrong.example. 300 IN TXT "v=DKIM1; p=AAAA"
      two._domainkey.wrong.example. 300 IN TXT "v=DKIM1; p=BBBB"
      _dmarc.wrong.example. 300 IN TXT "v=DMARC1; p=never; rua=mailto:d@else.example"
      _mta-sts.wrong.example. 300 IN TXT "v=STSv1; id=not-an-id;"
      _smtp._tls.wrong.example. 300 IN TXT "v=TLSRPTv1; rua=nobody"
      2.0.0.127.list.example. 300 IN A 127.0.0.2
      2.0.27.127.list.example. 300 IN A 127.0.0.4
      """;

  @Test
  void aDomainWithEverythingWrong() throws Exception {
    try (World world = new World(folder, "")) {
      world.host(
          "127.27.0.2",
          Optional.of(world.tls(world.authority().issueExpired("mx.wrong.example"))),
          Map.of(
              "EHLO",
              EHLO,
              "RCPT TO:<postmaster@",
              "550 5.1.1 nobody",
              "RCPT TO:<abuse@",
              "550 5.7.1 you are listed"));
      world.zones.add(WRONG.formatted(world.port()));

      PostureSettings settings =
          new PostureSettings(
              world.port(),
              443,
              List.of("old", "bad", "two", "none"),
              List.of(new DnsName("list.example"), new DnsName("dead.example")),
              Optional.of(Domain.of("looker.example")),
              true,
              Duration.ofSeconds(20));
      List<Observation> found = world.look("wrong.example", settings).orElseThrow();

      assertThat(of(found, Topic.MX))
          .containsExactly(
              "bad 30 192.0.2.9 is an address, not the name of a host",
              "bad 40 under_score.wrong.example cannot be the name of a host",
              "bad a null MX beside others");
      assertThat(of(found, Topic.ADDRESS))
          .containsExactly(
              "bad alias.wrong.example: an alias (CNAME) of mx.wrong.example",
              "bad nowhere.wrong.example: no address: no mail can go there",
              "good mx.wrong.example: 127.27.0.2; no IPv6");
      assertThat(of(found, Topic.REVERSE))
          .contains(
              "warn mx.wrong.example [127.27.0.2]: nowhere.wrong.example, which does not lead back"
                  + " to the address");
      assertThat(of(found, Topic.BLOCK_LIST))
          .contains(
              "bad mx.wrong.example [127.27.0.2]: in list.example (127.0.0.4)",
              "unknown mx.wrong.example: dead.example does not answer as a list does");
      assertThat(of(found, Topic.CERTIFICATE))
          .allMatch(words -> words.contains("expired on "))
          .allMatch(words -> words.startsWith("warn "));
      assertThat(of(found, Topic.DANE))
          .anyMatch(
              words ->
                  words.startsWith("warn mx.wrong.example") && words.contains("nobody may trust"));
      assertThat(of(found, Topic.DNSSEC)).contains("warn the domain is not signed");
      assertThat(only(found, Topic.MTA_STS).verdict()).isEqualTo(Verdict.BAD);
      assertThat(only(found, Topic.TLS_RPT).verdict()).isEqualTo(Verdict.BAD);
      assertThat(only(found, Topic.SPF).found())
          .isEqualTo("2 records: every check fails\nv=spf1 +all\nv=spf1 -all");
      assertThat(of(found, Topic.DKIM))
          .containsExactly(
              "warn old: revoked",
              "bad bad: p= is no RSA key in DER",
              "bad two: 2 records; which of them counts is not defined",
              "bad none: no key at none._domainkey.wrong.example");
      assertThat(only(found, Topic.DMARC).verdict()).isEqualTo(Verdict.BAD);
      assertThat(only(found, Topic.DMARC_REPORTS).found())
          .contains("no record at wrong.example._report._dmarc.else.example says that it may be");
      assertThat(of(found, Topic.POSTMASTER))
          .singleElement()
          .asString()
          .startsWith("bad ")
          .contains("postmaster@wrong.example is refused: 550 5.1.1 nobody");
      assertThat(of(found, Topic.ABUSE)).singleElement().asString().startsWith("unknown ");
      assertThat(found).isSortedAccordingTo((a, b) -> a.topic().compareTo(b.topic()));
      assertThat(found)
          .filteredOn(one -> one.verdict() == Verdict.BAD || one.verdict() == Verdict.WARN)
          .allMatch(one -> !one.advice().isEmpty());
    }
  }

  private static List<String> of(List<Observation> found, Topic topic) {
    return found.stream()
        .filter(one -> one.topic() == topic)
        .map(one -> one.verdict().word() + " " + one.found())
        .toList();
  }

  @Test
  void withoutTlsAndWithoutPolicyNothingIsGood() throws Exception {
    String records =
        """
        wrong.example. 300 IN A 127.27.0.3
        wrong.example. 300 IN TXT "v=spf1 include:nothing.wrong.example ?all"
        _%d._tcp.wrong.example. 300 IN TLSA 3 1 1 00
        """;
    try (World world = new World(folder, "")) {
      world.host("127.27.0.3", Optional.empty(), Map.of("EHLO", "502 what?", "RCPT", "450 later"));
      world.zones.add(records.formatted(world.port()));
      List<Observation> found = world.look("wrong.example");

      assertThat(of(found, Topic.MX))
          .containsExactly("warn no MX record: senders try the domain's own address");
      assertThat(of(found, Topic.SMTP))
          .containsExactly(
              "warn wrong.example [127.27.0.3]: 220 mx.example ESMTP; offers no extension");
      assertThat(of(found, Topic.STARTTLS))
          .containsExactly("bad wrong.example [127.27.0.3]: not offered");
      assertThat(of(found, Topic.DANE)).hasSize(1);
      assertThat(of(found, Topic.SPF).getFirst())
          .startsWith("bad ")
          .contains("nothing.wrong.example: no SPF record");
      assertThat(of(found, Topic.DKIM))
          .containsExactly("bad no key at all: there is no _domainkey.wrong.example");
      assertThat(only(found, Topic.DMARC).verdict()).isEqualTo(Verdict.BAD);
      assertThat(only(found, Topic.POSTMASTER).verdict()).isEqualTo(Verdict.UNKNOWN);
    }
  }

  @Test
  void noSuchDomainIsNoPosture() throws Exception {
    try (World world = new World(folder, "")) {
      assertThat(world.look("nowhere.example", world.settings())).isEmpty();
    }
  }

  @Test
  void aDomainWithoutMailIsCalledByNobody() throws Exception {
    String records =
        """
        wrong.example. 300 IN MX 0 .
        wrong.example. 300 IN TXT "v=spf1 -all"
        """;
    try (World world = new World(folder, records)) {
      List<Observation> found = world.look("wrong.example");
      assertThat(of(found, Topic.MX)).containsExactly("good a null MX: the domain takes no mail");
      assertThat(only(found, Topic.SPF).verdict()).isEqualTo(Verdict.GOOD);
      assertThat(of(found, Topic.SMTP)).isEmpty();
      assertThat(of(found, Topic.POSTMASTER)).isEmpty();
    }
  }

  @Test
  void aHostThatIsSilentIsUnknownInTime() throws Exception {
    String records =
        """
        wrong.example. 300 IN MX 1 mx.wrong.example.
        mx.wrong.example. 300 IN A 127.27.0.4
        """;
    try (World world = new World(folder, records);
        ServerSocket silent = new ServerSocket(0, 9, IpAddress.of("127.27.0.4"))) {
      PostureSettings settings =
          new PostureSettings(
              silent.getLocalPort(),
              443,
              List.of(),
              List.of(),
              Optional.empty(),
              false,
              Duration.ofSeconds(2));
      List<Observation> found = world.look("wrong.example", settings).orElseThrow();
      assertThat(of(found, Topic.SMTP))
          .containsExactly("unknown mx.wrong.example: not known after 2 seconds");
      assertThat(of(found, Topic.DNSSEC)).containsExactly("unknown signatures were not looked at");
      assertThat(only(found, Topic.DMARC).verdict()).isEqualTo(Verdict.BAD);
    }
  }

  @Test
  void aClosedPortIsBad() throws Exception {
    String records =
        """
        wrong.example. 300 IN MX 1 mx.wrong.example.
        mx.wrong.example. 300 IN A 127.27.0.5
        """;
    try (World world = new World(folder, records)) {
      List<Observation> found = world.look("wrong.example");
      assertThat(only(found, Topic.SMTP).verdict()).isEqualTo(Verdict.BAD);
      assertThat(only(found, Topic.POSTMASTER).found()).isEqualTo("no host could be asked");
    }
  }

  @Test
  void whatIsTheSameAtEveryAddressIsToldOnce() throws Exception {
    String records =
        """
        wrong.example. 300 IN MX 1 mx.wrong.example.
        mx.wrong.example. 300 IN A 127.27.0.6
        mx.wrong.example. 300 IN A 127.27.0.7
        """;
    try (World world = new World(folder, records)) {
      Optional<org.thurn.tls.TlsServer> tls =
          Optional.of(world.tls(world.authority().issue("mx.else.example")));
      world.host("127.27.0.6", tls, Map.of("EHLO", EHLO));
      world.host("127.27.0.7", tls, Map.of("EHLO", EHLO));
      Observation certificate = only(world.look("wrong.example"), Topic.CERTIFICATE);
      assertThat(certificate.addresses()).containsExactlyInAnyOrder("127.27.0.6", "127.27.0.7");
      assertThat(certificate.text()).contains("is not for mx.wrong.example but");
      assertThat(certificate.verdict()).isEqualTo(Verdict.WARN);
    }
  }

  @Test
  void aForgedAnswerIsNamed() throws Exception {
    String records =
        """
        bogus.signed.example. 300 IN SOA ns. root. 1 1 1 1 1
        bogus.signed.example. 300 IN MX 1 mx.bogus.signed.example.
        bogus.signed.example. 300 IN DS 12345 13 2 \
        0011223344556677889900112233445566778899001122334455667788990011
        """;
    try (World world = new World(folder, records)) {
      List<Observation> found = world.look("bogus.signed.example");
      assertThat(only(found, Topic.MX).verdict()).isEqualTo(Verdict.BAD);
      assertThat(only(found, Topic.MX).advice()).contains("DNSSEC");
      assertThat(only(found, Topic.SPF).verdict()).isEqualTo(Verdict.BAD);
    }
  }

  @Test
  void whatOthersGrowHasAnEnd() throws Exception {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      records.append("wrong.example. 300 IN MX 1 mx%d.wrong.example.\n".formatted(i));
    }
    for (int i = 0; i < 6; i++) {
      records.append("mx0.wrong.example. 300 IN A 127.27.1.%d\n".formatted(i));
    }
    String strings = ("\"" + "x".repeat(250) + "\" ").repeat(12);
    records.append("_mta-sts.wrong.example. 300 IN TXT \"v=STSv1;\" " + strings + "\n");
    records.append("_smtp._tls.wrong.example. 300 IN TXT \"v=TLSRPTv1; \\010good\"\n");
    try (World world = new World(folder, records.toString())) {
      List<Observation> found = world.look("wrong.example");
      assertThat(of(found, Topic.MX))
          .containsExactly("unknown 2 more hosts, which were not looked at");
      assertThat(found.stream().filter(one -> one.topic() == Topic.ADDRESS)).hasSize(10);
      assertThat(found.stream().filter(one -> one.topic() == Topic.REVERSE))
          .flatExtracting(Observation::addresses)
          .hasSize(4);
      assertThat(only(found, Topic.MTA_STS).text())
          .endsWith("none: a field of it is not of the form name=value");
      assertThat(only(found, Topic.TLS_RPT).found()).endsWith("v=TLSRPTv1; ?good");
    }
  }
}
