package org.thurn.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.admin.ControlClient;
import org.thurn.name.Mailbox;
import org.thurn.server.Settings;
import org.thurn.testing.SharedData;
import org.thurn.whole.SmallInternet.Character;

/** What comes to one server in another's name is reported to it a day later. */
@Timeout(120)
class DmarcReportsTest {
  private static final Mailbox ALICE = Mailbox.of("alice@a.example");
  private static final Mailbox BOB = Mailbox.of("bob@b.example");
  private static final Mailbox REPORTS = Mailbox.of("dmarc@a.example");
  private static final String MESSAGE = "From: alice@a.example\r\nSubject: hi\r\n\r\nhello";
  private static final String ZONE =
      """
      a.example. 60 IN MX 10 mx.a.example.
      a.example. 60 IN TXT "v=spf1 ip4:127.26.0.1 -all"
      _dmarc.a.example. 60 IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@a.example!10m; ruf=mailto:dmarc@a.example; fo=1"
      mx.a.example. 60 IN A 127.26.0.1
      b.example. 60 IN MX 10 mx.b.example.
      mx.b.example. 60 IN A 127.26.0.2
      mx.b.example. 60 IN TXT "v=spf1 ip4:127.26.0.2 -all"
      _dmarc.b.example. 60 IN TXT "v=DMARC1; p=reject; rua=mailto:postmaster@mx.b.example"
      c.example. 60 IN MX 10 mx.c.example.
      mx.c.example. 60 IN A 127.26.0.3
      mx.c.example. 60 IN TXT "v=spf1 ip4:127.26.0.3 -all"
      far.example. 60 IN MX 10 mx.b.example.
      _dmarc.far.example. 60 IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@a.example"
      """;

  @TempDir private Path folder;
  private final ShiftedTime time = new ShiftedTime();
  private SmallInternet internet;
  private SmallInternet.Host a;
  private SmallInternet.Host b;

  @BeforeEach
  void open() throws Exception {
    internet = new SmallInternet(folder, ZONE, time);
    Settings.Dmarc receiving =
        new Settings.Dmarc(
            true, false, Optional.empty(), Optional.empty(), Optional.empty(), List.of(REPORTS));
    a =
        internet.host(
            "mx.a.example",
            "127.26.0.1",
            new Character(Map.of(), List.of(), 1_000, Settings.Queue.USUAL).reporting(receiving));
    b =
        internet.host(
            "mx.b.example",
            "127.26.0.2",
            new Character(Map.of(), List.of(), 1_000, Settings.Queue.USUAL));
    a.account(ALICE);
    a.account(REPORTS);
    b.account(BOB);
  }

  @AfterEach
  void close() throws Exception {
    internet.close();
  }

  private void forge(String author) throws IOException {
    forge(author, b, BOB);
  }

  private static void forge(String author, SmallInternet.Host host, Mailbox to) throws IOException {
    try (Talker talker = Talker.to(host.smtp())) {
      assertThat(talker.say("EHLO mallory.example")).startsWith("250");
      String message = MESSAGE.replace("a.example", author);
      assertThat(talker.send("<alice@" + author + ">", List.of("<" + to + ">"), message))
          .startsWith("250 ");
    }
  }

  private void aDayPasses() {
    time.forward(Duration.ofHours(26));
  }

  private static String thurn(SmallInternet.Host host, int exit, String command)
      throws IOException {
    return host.thurn(exit, command, ControlClient.arguments());
  }

  private static byte[] attachment(String mail) {
    String part = mail.substring(mail.indexOf("application/gzip"));
    String text = part.substring(part.indexOf("\r\n\r\n") + 4);
    String base64 = text.substring(0, text.indexOf("\r\n--"));
    return Base64.getMimeDecoder().decode(base64);
  }

  private static void isValid(byte[] packed) throws Exception {
    byte[] xml = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(SharedData.require("dmarc/dmarc-xml-0.2.xsd").toFile())
        .newValidator()
        .validate(new StreamSource(new ByteArrayInputStream(xml)));
  }

  @Test
  void theForgedDomainLearnsOfItADayLater() throws Exception {
    try (Talker talker = a.submit(ALICE)) {
      assertThat(talker.send("<alice@a.example>", List.of("<bob@b.example>"), MESSAGE))
          .startsWith("250 ");
    }
    b.mailAfter(0, BOB);
    forge("a.example");
    forge("a.example");
    assertThat(thurn(b, 0, "reports-outgoing"))
        .contains("a.example", "counting  3 messages in 2 rows");
    aDayPasses();

    String mail = a.mailAfter(0, REPORTS);
    assertThat(mail)
        .contains("Subject: Report Domain: a.example Submitter: mx.b.example")
        .contains("Return-Path: <postmaster@mx.b.example>", "dmarc=pass");
    isValid(attachment(mail));
    assertThat(thurn(b, 0, "reports-outgoing"))
        .contains("sent      to dmarc@a.example, 3 messages")
        .doesNotContain("counting");
    String shown = thurn(a, 0, "reports-received");
    assertThat(shown)
        .contains("1 reports tell of 3 messages: 1 pass, 2 do not")
        .doesNotContain("anybody may have")
        .contains(
            "127.0.0.1 sends as a.example and passes nothing: add it to SPF or it is a forger"
                + " (your policy none lets it through)")
        .contains("127.26.0.1 passes as a.example by SPF alone");
    assertThat(a.thurn(0, "reports-received", ControlClient.arguments().put("json", true)))
        .contains("\"source\":\"127.0.0.1\"", "\"neither\":2", "\"rejected\":0");
    assertThat(thurn(a, 0, "store-verify")).contains("nothing is wrong");
    assertThat(thurn(b, 0, "store-verify")).contains("nothing is wrong");
  }

  /** Whether anything was counted for b, whose report is all that came to a. */
  @Test
  void nobodyReportsOfReports() throws Exception {
    forge("a.example");
    aDayPasses();
    a.mailAfter(0, REPORTS);
    assertThat(thurn(a, 1, "reports-outgoing")).contains("no message was counted");
  }

  @Test
  void nobodyIsToldWhoDoesNotWantIt() throws Exception {
    forge("far.example");
    aDayPasses();
    SmallInternet.await(
        () -> outgoing(b).contains("not sent"), () -> "not settled: " + outgoing(b));
    assertThat(outgoing(b)).contains("far.example._report._dmarc.a.example says that it may be");
    assertThat(a.inbox(REPORTS)).isEmpty();
  }

  private static String outgoing(SmallInternet.Host host) {
    try {
      return thurn(host, 0, "reports-outgoing");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] packed(byte[] octets, int times) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < times; i++) {
        gzip.write(octets);
      }
    }
    return packed.toByteArray();
  }

  private static String report(byte[] packed) {
    return "From: mallory@c.example\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(packed);
  }

  private static String xml(String domain) {
    return """
        <feedback><report_metadata><org_name>Mallory</org_name><email>m@c.example</email>
        <report_id>1</report_id><date_range><begin>%1$d</begin><end>%2$d</end></date_range>
        </report_metadata><policy_published><domain>%3$s</domain><p>none</p></policy_published>
        <record><row><source_ip>192.0.2.7</source_ip><count>5</count><policy_evaluated>
        <disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
        <identifiers><header_from>%3$s</header_from></identifiers><auth_results><spf>
        <domain>%3$s</domain><result>fail</result></spf></auth_results></record></feedback>"""
        .formatted(
            System.currentTimeMillis() / 1_000 - 86_400,
            System.currentTimeMillis() / 1_000,
            domain);
  }

  /** Mail for the reports' address, which must be taken; what was noted of it. */
  private String noted(String message) throws IOException {
    int before = a.inbox(REPORTS).size();
    String reply;
    try (Talker talker = Talker.to(a.smtp())) {
      assertThat(talker.say("EHLO mallory.example")).startsWith("250");
      reply = talker.send("<>", List.of("<dmarc@a.example>"), message);
    }
    assertThat(reply).startsWith("250 ");
    a.mailAfter(before, REPORTS);
    a.awaitEmptyQueue();
    return String.join("\n", a.journey(reply.substring(reply.lastIndexOf(' ') + 1).strip()));
  }

  @Test
  void whatComesAsAReportMayBeAnything() throws Exception {
    byte[] blanks = new byte[1 << 20];
    Arrays.fill(blanks, (byte) ' ');
    assertThat(noted(report(packed(blanks, 64)))).contains("dmarc-report-refused", "larger than");
    String entity = "<!DOCTYPE f [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + xml("&x;");
    assertThat(noted(report(packed(entity.getBytes(UTF_8), 1)))).contains("dmarc-report-refused");
    assertThat(noted(report(packed(xml("b.example").getBytes(UTF_8), 1))))
        .contains("dmarc-report-refused", "it is about b.example, not about us");
    assertThat(noted(MESSAGE.replace("alice@a", "x@c"))).contains("dmarc-report-refused");
    assertThat(thurn(a, 1, "reports-received")).contains("nobody has reported");

    String good = report(packed(xml("a.example").getBytes(UTF_8), 1));
    assertThat(noted(good)).contains("dmarc-report-received");
    assertThat(noted(good)).contains("dmarc-report-refused", "it came before");
    assertThat(thurn(a, 0, "reports-received"))
        .contains("1 reports tell of 5 messages", "anybody may have", "192.0.2.7");
  }

  @Test
  void failureReportsAreCounted() throws Exception {
    String report =
        """
        From: x@c.example
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary=b

        --b
        Content-Type: message/feedback-report

        Feedback-Type: auth-failure
        Version: 1
        User-Agent: x
        Auth-Failure: dmarc
        Source-IP: 192.0.2.9
        Reported-Domain: a.example

        --b--
        """
            .replace("\n", "\r\n");
    assertThat(noted(report)).contains("dmarc-report-received");
    assertThat(noted(report)).contains("dmarc-report-received");
    assertThat(thurn(a, 0, "reports-received"))
        .contains("192.0.2.9: 2 failure reports about a.example");
  }

  @Test
  void failuresAreToldByWhoWantsThat() throws Exception {
    Settings.Dmarc telling =
        new Settings.Dmarc(
            false, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    SmallInternet.Host c =
        internet.host(
            "mx.c.example",
            "127.26.0.3",
            new Character(Map.of(), List.of(), 1_000, Settings.Queue.USUAL).reporting(telling));
    Mailbox carol = Mailbox.of("carol@c.example");
    c.account(carol);
    forge("a.example", c, carol);
    time.forward(Duration.ofMinutes(2));
    String mail = a.mailAfter(0, REPORTS);
    assertThat(mail)
        .contains(
            "Feedback-Type: auth-failure", "Source-IP: 127.0.0.1", "Delivery-Result: delivered")
        .doesNotContain("carol@", "Subject: hi");
    a.awaitEmptyQueue();
    assertThat(thurn(a, 0, "reports-received"))
        .contains("127.0.0.1: 1 failure reports about a.example");
  }
}
