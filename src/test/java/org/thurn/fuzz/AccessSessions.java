package org.thurn.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.thurn.access.imap.ImapServer;
import org.thurn.access.imap.ImapSettings;
import org.thurn.access.pop3.Pop3Server;
import org.thurn.access.pop3.Pop3Settings;
import org.thurn.net.ConnectionHandler;

/** Whole sessions of IMAP or POP3 with alice's mail. */
final class AccessSessions implements FuzzTarget {
  private static final String HOST = "mx.ours.example";
  private static final String LOGIN = "a LOGIN alice@ours.example secret\r\n";
  private static final String SELECT = LOGIN + "b SELECT INBOX\r\n";
  private static final String POP3 = "USER alice@ours.example\r\nPASS secret\r\n";
  private static final int MAX_STATUS = 510;

  private final Path folder;
  private final Function<MailHouse, ConnectionHandler> opening;
  private final List<String> states;
  private MailHouse house;
  private ConnectionHandler server;

  private AccessSessions(
      Path folder, Function<MailHouse, ConnectionHandler> opening, List<String> states) {
    this.folder = folder;
    this.opening = opening;
    this.states = states;
    this.house = new MailHouse(folder);
    this.server = opening.apply(house);
  }

  /** Before the login; within one. */
  static FuzzTarget imapLogin(Path folder) {
    List<String> states =
        List.of(
            "", "a AUTHENTICATE SCRAM-SHA-256\r\n", "a AUTHENTICATE PLAIN\r\n", "a STARTTLS\r\n");
    return new AccessSessions(folder, AccessSessions::imap, states);
  }

  /** Logged in, with and without IMAP4rev2. */
  static FuzzTarget imapAuthenticated(Path folder) {
    List<String> states = List.of(LOGIN, LOGIN + "e ENABLE IMAP4rev2 CONDSTORE\r\n");
    return new AccessSessions(folder, AccessSessions::imap, states);
  }

  /** In INBOX, in another mailbox, with its changes counted, read only. */
  static FuzzTarget imapSelected(Path folder) {
    List<String> states =
        List.of(
            SELECT,
            LOGIN + "e ENABLE IMAP4rev2\r\nb SELECT INBOX (CONDSTORE)\r\n",
            LOGIN + "b EXAMINE \"Work/B&APw-ro\"\r\n",
            SELECT + "c STORE 1:2 +FLAGS.SILENT (\\Deleted)\r\n");
    return new AccessSessions(folder, AccessSessions::imap, states);
  }

  /** In IDLE, in INBOX and in no mailbox. */
  static FuzzTarget imapIdle(Path folder) {
    List<String> states = List.of(SELECT + "i IDLE\r\n", LOGIN + "i IDLE\r\n");
    return new AccessSessions(folder, AccessSessions::imap, states);
  }

  /** AUTHORIZATION, within AUTH, and TRANSACTION. */
  static FuzzTarget pop3(Path folder) {
    List<String> states = List.of("", "AUTH SCRAM-SHA-256\r\n", POP3, POP3 + "DELE 1\r\n");
    return new AccessSessions(folder, AccessSessions::pop3, states);
  }

  private static ConnectionHandler imap(MailHouse house) {
    return new ImapServer(
        new ImapSettings(
            HOST,
            Optional.of(MailHouse.TLS),
            true,
            32 << 10,
            new ImapSettings.Limits(
                16 << 10,
                8 << 10,
                Duration.ofMinutes(3),
                Duration.ofMinutes(30),
                3,
                Duration.ofSeconds(1),
                20)),
        house.sasl(),
        MailHouse.credentials(),
        house.mail(),
        house.store(),
        house.journey(),
        house.time());
  }

  private static ConnectionHandler pop3(MailHouse house) {
    return new Pop3Server(
        new Pop3Settings(HOST, Optional.of(MailHouse.TLS), true, Pop3Settings.Limits.DEFAULT),
        house.sasl(),
        MailHouse.credentials(),
        house.mail(),
        house.journey(),
        house.time());
  }

  @Override
  public void take(byte[] octets) throws IOException {
    if (house.isWorn()) {
      house.close();
      house = new MailHouse(folder);
      server = opening.apply(house);
    }
    house.prepare();
    Script script = Script.of(states, octets);
    MemoryConnection connection =
        new MemoryConnection(MailHouse.address("127.0.0.1"), script.octets(), script.piece());
    house.serve(server, connection);
    if (server instanceof ImapServer) {
      ImapText.responses(connection.said(), connection.isCut());
    } else if (!connection.isCut()) {
      pop3(new String(connection.said(), ISO_8859_1));
    }
  }

  /** RFC 1939 §3: status lines of at most 512 octets with their CRLF, and responses of lines. */
  private static void pop3(String said) {
    Promise.holds(said.startsWith("+OK ") && said.endsWith("\r\n"), () -> "not POP3: " + said);
    String bare = said.replace("\r\n", "");
    boolean lines = bare.indexOf('\r') < 0 && bare.indexOf('\n') < 0;
    Promise.holds(lines, () -> "a bare CR or LF: " + said);
    boolean within = false;
    for (String line : said.split("\r\n", -1)) {
      boolean status = line.startsWith("+OK") || line.startsWith("-ERR");
      if (status && !within) {
        boolean good = line.length() <= MAX_STATUS && line.matches("[ -~]*");
        Promise.holds(good, () -> "not a status line: " + line);
      }
      boolean challenge = line.startsWith("+ ");
      within = !line.equals(".") && (within || !(status || challenge || line.isEmpty()));
    }
  }

  @Override
  public void close() throws IOException {
    house.close();
  }
}
