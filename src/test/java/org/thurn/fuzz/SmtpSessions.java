package org.thurn.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Security;
import org.thurn.name.Domain;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.SmtpServer;
import org.thurn.smtp.server.SmtpServerSettings;
import org.thurn.transfer.intake.Intake;
import org.thurn.transfer.intake.IntakeSettings;
import org.thurn.transfer.signing.MailSealer;
import org.thurn.transfer.signing.MailSigner;
import org.thurn.transfer.signing.SignerSettings;
import org.thurn.transfer.signing.SigningKeys;

/** Whole sessions of SMTP, submission or LMTP, with the real intake behind them. */
final class SmtpSessions implements FuzzTarget {
  private static final Domain HOST = Domain.of("mx.ours.example");
  private static final long MAX_MESSAGE = 32 << 10;
  private static final String HELLO = "EHLO client.example\r\n";
  private static final String MAIL = HELLO + "MAIL FROM:<carol@away.example> SMTPUTF8\r\n";
  private static final String RCPT = MAIL + "RCPT TO:<alice@ours.example>\r\n";
  private static final String LOGIN = HELLO + "AUTH PLAIN AGFsaWNlQG91cnMuZXhhbXBsZQBzZWNyZXQ=\r\n";

  /** RFC 5321 §4.2 and §4.5.3.1.5: a code, printable ASCII, 512 octets with its CRLF. */
  private static final Pattern LINE = Pattern.compile("[2-5][0-9][0-9]([ -][ -~]{0,506})?");

  private final Protocol protocol;
  private final List<String> states;
  private final String client;
  private final MailHouse house;
  private final SmtpServer server;

  private SmtpSessions(Protocol protocol, String client, List<String> states, Path folder) {
    this.protocol = protocol;
    this.states = states;
    this.client = client;
    this.house = new MailHouse(folder);
    IntakeSettings intake = IntakeSettings.of(HOST);
    SigningKeys keys = new SigningKeys(house.store(), Cryptography.platform(), house.time());
    this.server =
        new SmtpServer(
            SmtpServerSettings.of(HOST, protocol)
                .withMaxMessageOctets(MAX_MESSAGE)
                .withTimeouts(Duration.ofMinutes(5), Duration.ofMinutes(3), Duration.ZERO)
                .withAuth(true, 3, Duration.ofSeconds(2)),
            new Intake(
                () -> intake,
                house.directory(),
                SmtpSessions::dns,
                house.store(),
                new DroppingQueue(),
                house.time(),
                Optional::empty,
                new MailSigner(keys, _ -> false, () -> SignerSettings.DEFAULT),
                new MailSealer(keys, Optional::empty),
                account -> false),
            Optional.of(MailHouse.TLS),
            Optional.of(house.sasl()),
            house.journey(),
            house.time());
  }

  /** Fresh, after EHLO, after MAIL, after RCPT. */
  static FuzzTarget commands(Path folder) {
    return new SmtpSessions(Protocol.SMTP, "198.51.100.7", List.of("", HELLO, MAIL, RCPT), folder);
  }

  /** In DATA, in BDAT's chunk, after BDAT's first chunk. */
  static FuzzTarget message(Path folder) {
    String chunk = RCPT + "BDAT 14\r\nSubject: x\r\n\r\n";
    List<String> states = List.of(RCPT + "DATA\r\n", RCPT + "BDAT 400\r\n", chunk);
    return new SmtpSessions(Protocol.SMTP, "198.51.100.7", states, folder);
  }

  /** Before AUTH, in AUTH, after it. */
  static FuzzTarget submission(Path folder) {
    String own = LOGIN + "MAIL FROM:<alice@ours.example>\r\nRCPT TO:<bob@ours.example>\r\nDATA\r\n";
    List<String> states = List.of(HELLO, HELLO + "AUTH SCRAM-SHA-256\r\n", LOGIN, own);
    return new SmtpSessions(Protocol.SUBMISSION, "127.0.0.1", states, folder);
  }

  /** After LHLO, with two recipients, in DATA. */
  static FuzzTarget lmtp(Path folder) {
    String hello = RCPT.replace("EHLO", "LHLO");
    String two = hello + "RCPT TO:<bob@ours.example>\r\n";
    List<String> states = List.of("LHLO a\r\n", two, two + "DATA\r\n");
    return new SmtpSessions(Protocol.LMTP, "127.0.0.1", states, folder);
  }

  /** Names with a dot in them have an exchange; others do not exist. */
  private static Answer dns(DnsName name, RecordType type) {
    boolean there = name.text().indexOf('.') > 0 && type == RecordType.MX;
    return new Answer(
        name,
        type,
        there ? Answer.Status.FOUND : Answer.Status.NO_SUCH_NAME,
        Security.INSECURE,
        name,
        there ? List.of(new RecordData.Mx(0, new DnsName("mx.away.example"))) : List.of(),
        Duration.ZERO,
        "scripted",
        Duration.ZERO,
        "");
  }

  @Override
  public void take(byte[] octets) throws IOException {
    Script script = Script.of(states, octets);
    MemoryConnection connection =
        new MemoryConnection(MailHouse.address(client), script.octets(), script.piece());
    house.serve(server, connection);
    check(new String(connection.said(), ISO_8859_1));
  }

  private void check(String said) {
    Promise.holds(said.isEmpty() || said.endsWith("\r\n"), () -> "a line without its end");
    Promise.holds(said.startsWith("220 "), () -> protocol + " does not greet: " + said);
    String open = "";
    for (String line : said.split("\r\n")) {
      Promise.holds(LINE.matcher(line).matches(), () -> "not a reply line: " + line);
      String code = line.substring(0, 3);
      String before = open;
      Promise.holds(before.isEmpty() || before.equals(code), () -> "two codes: " + said);
      open = line.startsWith("-", 3) ? code : "";
    }
    String last = open;
    Promise.holds(last.isEmpty(), () -> "a reply without its end: " + said);
  }

  @Override
  public void close() throws IOException {
    house.close();
  }
}
