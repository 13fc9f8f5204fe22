package org.thurn.smtp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Endpoint;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.time.Time;

/**
 * Speaks SMTP, submission or LMTP on the connections of a listener. What is decided about mail the
 * {@link Receiver} decides.
 *
 * @param tls for STARTTLS; a listener with implicit TLS has its own
 * @param sasl for AUTH, on submission only
 * @param journey about nothing yet: each connection begins a session of its own
 * @param waiting which clients need not be held up to see whether they wait for the greeting
 */
public record SmtpServer(
    SmtpServerSettings settings,
    Receiver receiver,
    Optional<TlsUpgrade> tls,
    Optional<SaslMechanisms> sasl,
    Journey journey,
    Time time,
    WaitingClients waiting)
    implements ConnectionHandler {

  /** A server that knows no clients yet. */
  public SmtpServer(
      SmtpServerSettings settings,
      Receiver receiver,
      Optional<TlsUpgrade> tls,
      Optional<SaslMechanisms> sasl,
      Journey journey,
      Time time) {
    this(settings, receiver, tls, sasl, journey, time, new WaitingClients(time));
  }

  @Override
  public void serve(Connection connection) throws IOException {
    long began = time.ticks();
    Journey own = journey.newSession();
    DialogueSession session = new DialogueSession(settings.protocol(), connection, own);
    own.note(accepted(connection));
    connection.tls().ifPresent(agreed -> own.note(Dialogue.established(agreed)));
    String reason = "bug";
    try (Receiver.Conversation conversation = receiver.open(session)) {
      reason = converse(new Dialogue(this, connection, session, conversation), own);
    } catch (RuntimeException e) {
      own.note(new Event.Fault(protocol(), e.toString()));
    } finally {
      own.note(new Event.ConnectionClosed(reason, Duration.ofNanos(time.ticks() - began)));
    }
  }

  private String converse(Dialogue dialogue, Journey own) {
    try {
      return dialogue.run();
    } catch (IOException e) {
      return dialogue.fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return dialogue.fail(e);
    } catch (RuntimeException e) {
      // a bug of ours: this session ends, with the client told to come again; the next is unharmed
      own.note(new Event.Fault(protocol(), where(e)));
      return dialogue.fail(e);
    } finally {
      dialogue.abort();
    }
  }

  private static String where(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e + (trace.length > 0 ? " at " + trace[0] : "");
  }

  private String protocol() {
    return settings.protocol().name().toLowerCase(Locale.ROOT);
  }

  private Event.ConnectionAccepted accepted(Connection connection) {
    Endpoint remote = connection.remote();
    Endpoint local = connection.local();
    return new Event.ConnectionAccepted(
        protocol(), remote.host(), remote.port(), local.host(), local.port());
  }

  @Override
  public byte[] refusal(Limit limit) {
    String text =
        switch (limit) {
          case CONNECTIONS -> "4.3.2 %s is busy, try later";
          case CONNECTIONS_PER_ADDRESS -> "4.7.0 %s: too many connections from your address";
          case RATE_PER_ADDRESS -> "4.7.0 %s: your address connects too often";
          case DRAINING -> "4.3.2 %s is going down, try later";
        };
    return ("421 " + text.formatted(settings.hostname().ascii()) + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void refused(Endpoint remote, Limit limit) {
    String name = limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    journey.note(new Event.ConnectionRefused(protocol(), remote.host(), name));
  }

  @Override
  public void broken(Connection connection, IOException cause) {
    // serve handles its own failures: only a handshake of implicit TLS comes here
    Journey own = journey.newSession();
    own.note(accepted(connection));
    own.note(new Event.TlsFailed(String.valueOf(cause.getMessage())));
  }

  @Override
  public void fault(String where, Exception cause) {
    journey.note(new Event.Fault(where, String.valueOf(cause.getMessage())));
  }
}
