package org.thurn.smtp.server;

import java.util.Optional;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.net.Connection;
import org.thurn.net.Endpoint;
import org.thurn.net.TlsSession;

/** The session's state, as the receiver sees it and the dialogue changes it. */
final class DialogueSession implements Session {
  private final Protocol protocol;
  private final Connection connection;
  private final Journey whole;
  private Journey journey;
  private Optional<String> helo = Optional.empty();
  private boolean extended;
  private Optional<Mailbox> account = Optional.empty();

  DialogueSession(Protocol protocol, Connection connection, Journey journey) {
    this.protocol = protocol;
    this.connection = connection;
    this.whole = journey;
    this.journey = journey;
  }

  void greeted(String argument, boolean withExtensions) {
    helo = Optional.of(argument);
    extended = withExtensions;
  }

  void authenticated(Mailbox who) {
    account = Optional.of(who);
  }

  /** RFC 3207 §4.2: after the handshake nothing that the client said before counts. */
  void forget() {
    helo = Optional.empty();
    extended = false;
    account = Optional.empty();
  }

  void begin(QueueId id) {
    journey = whole.about(id);
  }

  void end() {
    journey = whole;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public Endpoint remote() {
    return connection.remote();
  }

  @Override
  public Endpoint local() {
    return connection.local();
  }

  @Override
  public Optional<String> helo() {
    return helo;
  }

  @Override
  public boolean extended() {
    return extended;
  }

  @Override
  public Optional<TlsSession> tls() {
    return connection.tls();
  }

  @Override
  public Optional<Mailbox> account() {
    return account;
  }

  @Override
  public Journey journey() {
    return journey;
  }
}
