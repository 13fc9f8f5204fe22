package org.thurn.access.pop3;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.thurn.journey.Journey;
import org.thurn.name.Mailbox;
import org.thurn.net.Connection;

/** What a session knows between two commands: the states of RFC 1939 §3. */
final class Pop3Session {
  private final Pop3Server server;
  private final Connection connection;
  private final Journey journey;
  private Optional<String> user = Optional.empty();
  private Optional<Mailbox> account = Optional.empty();
  private Optional<Maildrop> maildrop = Optional.empty();
  private int loginFailures;
  private boolean ended;

  Pop3Session(Pop3Server server, Connection connection, Journey journey) {
    this.server = server;
    this.connection = connection;
    this.journey = journey;
  }

  Pop3Server server() {
    return server;
  }

  Connection connection() {
    return connection;
  }

  Journey journey() {
    return journey;
  }

  OutputStream out() {
    return connection.out();
  }

  void line(String text) throws IOException {
    out().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  void ok(String text) throws IOException {
    line("+OK " + text);
  }

  void err(String text) throws IOException {
    line("-ERR " + text);
  }

  boolean plaintextAllowed() {
    return server.settings().plaintextAllowedOnLoopback() && connection.remote().isLoopback();
  }

  /** Whether a password may pass: over TLS, or on this machine if the settings say so. */
  boolean passwordsAllowed() {
    return connection.tls().isPresent() || plaintextAllowed();
  }

  /** What USER said, once. */
  Optional<String> takeUser() {
    Optional<String> name = user;
    user = Optional.empty();
    return name;
  }

  void user(String name) {
    user = Optional.of(name);
  }

  int countLoginFailure() {
    return ++loginFailures;
  }

  /** Opens the maildrop; false if another session has it. */
  boolean open(Mailbox address) {
    if (!server.lock(address)) {
      return false;
    }
    account = Optional.of(address);
    maildrop = Optional.of(new Maildrop(server.mail().account(address)));
    return true;
  }

  Optional<Mailbox> account() {
    return account;
  }

  Optional<Maildrop> maildrop() {
    return maildrop;
  }

  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** Gives the lock back. */
  void release() {
    account.ifPresent(server::unlock);
  }
}
