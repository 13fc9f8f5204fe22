package org.thurn.transfer.submission;

import java.util.Optional;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.net.Endpoint;
import org.thurn.net.TlsSession;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.Session;

/** A submission session without a connection: the account is known, nothing was said. */
final class HouseSession implements Session {
  private final Mailbox account;
  private Journey journey;

  HouseSession(Mailbox account, Journey journey) {
    this.account = account;
    this.journey = journey;
  }

  void begin(QueueId id) {
    journey = journey.about(id);
  }

  @Override
  public Protocol protocol() {
    return Protocol.SUBMISSION;
  }

  @Override
  public Endpoint remote() {
    return new Endpoint(Optional.empty(), 0);
  }

  @Override
  public Endpoint local() {
    return new Endpoint(Optional.empty(), 0);
  }

  @Override
  public Optional<String> helo() {
    return Optional.empty();
  }

  @Override
  public boolean extended() {
    return true;
  }

  @Override
  public Optional<TlsSession> tls() {
    return Optional.empty();
  }

  @Override
  public Optional<Mailbox> account() {
    return Optional.of(account);
  }

  @Override
  public Journey journey() {
    return journey;
  }
}
