package org.thurn.lab.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.net.Connection;
import org.thurn.net.Connector;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.client.RecipientResult;
import org.thurn.smtp.client.SmtpClient;
import org.thurn.smtp.client.Timeouts;
import org.thurn.smtp.client.Transaction;
import org.thurn.time.Time;

/**
 * Carries a message from one domain's address to another domain's server by SMTP, and notes it in
 * the first one's journal. Nothing is queued: what is refused is refused.
 */
final class Courier {
  private static final Duration EACH = Duration.ofSeconds(20);

  private final int port;
  private final Time time;

  Courier(int port, Time time) {
    this.port = port;
    this.time = time;
  }

  /** The envelope. */
  record Trip(Actor from, Actor to, ReversePath sender, Mailbox recipient) {}

  /**
   * Carries it.
   *
   * @throws IOException if the connection fails or the server does not greet
   */
  RecipientResult carry(Trip trip, Letter letter) throws IOException {
    Journey house = trip.from().inside().journey();
    Journey session = house.newSession();
    Journey message =
        house
            .about(house.newQueueId(), Optional.of(letter.messageId()))
            .inSession(session.session().orElseThrow());
    try (Connector connector = new Connector()) {
      Connection connection =
          connector.connect(
              new InetSocketAddress(trip.to().address(), port),
              Optional.of(trip.from().address()),
              new Connector.Timeouts(EACH, EACH, EACH));
      session.note(
          new Event.ConnectionOpened(
              "smtp",
              trip.to().host().ascii(),
              trip.to().address().getHostAddress(),
              port,
              connection.local().host()));
      try (SmtpClient client = new SmtpClient(connection, Timeouts.all(EACH), time, session)) {
        boolean ready =
            client.greeting().isPositive() && client.hello(trip.from().host()).isPositive();
        if (!ready) {
          throw new IOException(trip.to().host() + " does not want to talk");
        }
        client.noteIn(message);
        RecipientResult result = client.send(transaction(trip, letter)).getFirst();
        client.quit();
        return result;
      }
    }
  }

  /**
   * Carries what must be taken for the scenario to go on.
   *
   * @throws IOException also if it is not taken
   */
  void bring(Trip trip, Letter letter) throws IOException {
    switch (carry(trip, letter)) {
      case RecipientResult.Taken _ -> {}
      case RecipientResult.Refused(var command, var reply) ->
          throw new IOException(trip.to().host() + " refused at " + command + ": " + reply);
      case RecipientResult.Unknown(var reason) ->
          throw new IOException(trip.to().host() + " did not answer: " + reason);
    }
  }

  private static Transaction transaction(Trip trip, Letter letter) {
    return new Transaction(
        trip.sender(),
        MailParameters.NONE,
        List.of(new Transaction.Addressee(trip.recipient(), RcptParameters.NONE)),
        out -> out.write(letter.octets()));
  }
}
