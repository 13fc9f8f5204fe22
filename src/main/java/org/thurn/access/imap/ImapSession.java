package org.thurn.access.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import org.thurn.access.imap.grammar.ImapInput;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.access.imap.grammar.ModifiedUtf7;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MailboxName;
import org.thurn.name.Mailbox;
import org.thurn.net.Connection;

/** What a session knows between two commands: the states of RFC 9051 §3. */
final class ImapSession {
  /** Who is logged in. */
  record Access(Mailbox account, AccountMail mail) {}

  private final ImapServer server;
  private final Connection connection;
  private final ImapInput input;
  private final ResponseWriter out;
  private final Journey journey;
  private Optional<Access> access = Optional.empty();
  private Optional<SelectedMailbox> selected = Optional.empty();
  private boolean condstore;
  private boolean rev2;
  private int loginFailures;
  private boolean ended;

  ImapSession(ImapServer server, Connection connection, Journey journey) {
    this.server = server;
    this.connection = connection;
    this.journey = journey;
    this.out = new ResponseWriter(connection::out);
    this.input =
        new ImapInput(
            connection.reader(),
            server.settings().limits().loginOctets(),
            () -> out.continuation("OK"));
  }

  ImapServer server() {
    return server;
  }

  Connection connection() {
    return connection;
  }

  ImapInput input() {
    return input;
  }

  ResponseWriter out() {
    return out;
  }

  Journey journey() {
    return journey;
  }

  /**
   * Waits for the next command, or for IDLE's DONE; the time for all of it is bounded, before the
   * login the time for all commands together. False if the client left or the server is going down.
   */
  boolean awaitCommand() throws IOException, ImapSyntaxException {
    if (isAuthenticated()) {
      connection.deadline(server.settings().limits().idleTimeout());
    }
    connection.mayEnd(true);
    try {
      return input.next();
    } finally {
      connection.mayEnd(false);
    }
  }

  // ---- not authenticated

  boolean isAuthenticated() {
    return access.isPresent();
  }

  /** Whether a password may pass: over TLS, or on this machine if the settings say so. */
  boolean passwordsAllowed() {
    return connection.tls().isPresent() || plaintextAllowed();
  }

  boolean plaintextAllowed() {
    return server.settings().plaintextAllowedOnLoopback() && connection.remote().isLoopback();
  }

  /** Counts one more, and says how many there were. */
  int countLoginFailure() {
    return ++loginFailures;
  }

  void authenticated(Mailbox account) throws IOException {
    access = Optional.of(new Access(account, server.mail().account(account)));
    input.limit(server.settings().limits().commandOctets());
    connection.readTimeout(server.settings().limits().idleTimeout());
  }

  // ---- authenticated

  private Access access() {
    return access.orElseThrow(() -> new IllegalStateException("not authenticated"));
  }

  Mailbox account() {
    return access().account();
  }

  AccountMail mail() {
    return access().mail();
  }

  /** Notes a change of the account's mail. */
  void changed(MailboxName mailbox, String action, long messages) {
    journey.note(
        new Event.MailboxChanged(account(), mailbox.text(), action, Math.toIntExact(messages)));
  }

  /** CONDSTORE was enabled, by whatever command (RFC 7162 §3.1). */
  void enableCondstore() {
    condstore = true;
  }

  boolean condstore() {
    return condstore;
  }

  void enableRev2() {
    rev2 = true;
  }

  boolean rev2() {
    return rev2;
  }

  /** The text of a mailbox's name as the client wrote it; empty if it is no such text. */
  Optional<String> decoded(String wire) {
    boolean ascii = wire.chars().allMatch(c -> c < 0x80);
    // UTF-8 from a client that did not enable IMAP4rev2 is clear enough to be taken
    return rev2 || !ascii
        ? Optional.of(Normalizer.normalize(wire, Normalizer.Form.NFC))
        : ModifiedUtf7.decode(wire);
  }

  Optional<MailboxName> name(String wire) {
    return decoded(wire).flatMap(MailboxName::parse);
  }

  Optional<MailboxId> find(String wire) {
    return name(wire).flatMap(mail()::find);
  }

  /** A mailbox's name as {@code mailbox = astring} for this client. */
  byte[] wire(String name) {
    if (!rev2) {
      return WireString.string(ModifiedUtf7.encode(name));
    }
    boolean quotable = name.indexOf('"') < 0 && name.indexOf('\\') < 0;
    return quotable // RFC 9051 §4.3: quoted strings are UTF-8
        ? ('"' + name + '"').getBytes(StandardCharsets.UTF_8)
        : WireString.string(name);
  }

  // ---- selected

  Optional<SelectedMailbox> selection() {
    return selected;
  }

  SelectedMailbox selected() {
    return selected.orElseThrow(() -> new IllegalStateException("no mailbox selected"));
  }

  void select(SelectedMailbox mailbox) {
    selected = Optional.of(mailbox);
  }

  void unselect() {
    selected = Optional.empty();
  }

  // ---- logout

  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }
}
