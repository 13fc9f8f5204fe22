package org.thurn.transfer.intake;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.inbound.MessageCheck;
import org.thurn.authentication.inbound.Origin;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.message.Headers;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.queue.Recipient;
import org.thurn.smtp.server.Session;
import org.thurn.transfer.intake.Intake.Surroundings;
import org.thurn.transfer.intake.JudgementObserver.Judged;

/** Has the senders of one connection's messages checked, one transaction after the other. */
final class SenderChecks {
  private final Domain hostname;
  private final Surroundings house;
  private final Session session;
  private final boolean wanted;
  private Optional<Begun> begun = Optional.empty();
  private Optional<Begun> before = Optional.empty();
  private boolean onlyRoles = true;

  /** The settings are those of the transaction's beginning. */
  private record Begun(MessageCheck check, Authentication authentication) {}

  /**
   * @param wanted whether they are checked at all
   */
  SenderChecks(Domain hostname, Surroundings house, Session session, boolean wanted) {
    this.hostname = hostname;
    this.house = house;
    this.session = session;
    this.wanted = wanted;
  }

  /** A transaction begins. */
  void begin() {
    before = begun.or(() -> before);
    begun = Optional.empty();
    onlyRoles = true;
  }

  /** A recipient was taken: with the first, so that nobody makes us ask for mail that we refuse. */
  void recipient(Transaction transaction, boolean role) {
    onlyRoles &= role;
    if (wanted && begun.isEmpty()) {
      settle();
      begun = house.authentication().get().flatMap(a -> begin(a, transaction));
    }
  }

  /** A message that was dropped may still have the DNS asked: one at a time of a connection. */
  private void settle() {
    try {
      if (before.isPresent()) {
        before.get().check().settle();
        before = Optional.empty();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the server stops, and the dialogue with it
    }
  }

  private Optional<Begun> begin(Authentication authentication, Transaction transaction) {
    return session
        .remote()
        .address()
        .map(client -> new Origin(client, session.helo().orElse(""), transaction.sender()))
        .map(origin -> authentication.check().begin(Optional.of(origin)))
        .map(check -> new Begun(check, authentication));
  }

  /**
   * The header is there: its message is looked at from here on.
   *
   * @param received the header as it came
   * @param kept the header as it goes on
   * @param iprev what was found of the client's name
   */
  Inspection inspect(
      Transaction transaction, Headers received, Headers kept, Optional<Event.IprevChecked> iprev) {
    return begun
        .<Inspection>map(one -> inspect(one, transaction, received, kept, iprev))
        .orElse(Inspection.NONE);
  }

  private SenderAuthentication inspect(
      Begun begun,
      Transaction transaction,
      Headers received,
      Headers kept,
      Optional<Event.IprevChecked> iprev) {
    begun.check().header(received);
    // what is refused for it is found by its Message-ID, too
    Journey journey = session.journey().about(transaction.id(), MessageIntake.messageId(received));
    Optional<ForwardSealing> sealing =
        Optional.of(transaction)
            .filter(Transaction::forwards)
            .flatMap(_ -> house.sealer().begin(kept, begun.check().bodies()))
            .map(seal -> new ForwardSealing(seal, journey));
    return new SenderAuthentication(
        begun.check(),
        begun.authentication().page(),
        begun.authentication().receivedSpf(),
        hostname,
        iprev,
        onlyRoles,
        () -> isEarly(transaction),
        sealing,
        (result, judgement) ->
            begun
                .authentication()
                .observer()
                .judged(new Judged(result, judgement, received, recipients(transaction))),
        journey);
  }

  private static List<Mailbox> recipients(Transaction transaction) {
    return transaction.recipients().stream().map(Recipient::original).distinct().toList();
  }

  private boolean isEarly(Transaction transaction) {
    List<Mailbox> to = recipients(transaction);
    Optional<InetAddress> client = session.remote().address();
    return client.filter(c -> house.greylist().isEarly(c, transaction.sender(), to)).isPresent();
  }
}
