package org.thurn.access.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.mailbox.MailStore;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Endpoint;
import org.thurn.sasl.CredentialStore;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.store.Store;
import org.thurn.time.Time;

/** Serves IMAP on a listener; with TLS from the first octet or by STARTTLS. */
public final class ImapServer implements ConnectionHandler {
  private final ImapSettings settings;
  private final SaslMechanisms mechanisms;
  private final CredentialStore credentials;
  private final MailStore mail;
  private final Store store;
  private final Journey journey;
  private final Time time;

  /**
   * Serves the accounts of {@code mail}.
   *
   * @param store where messages that clients append are staged
   */
  public ImapServer(
      ImapSettings settings,
      SaslMechanisms mechanisms,
      CredentialStore credentials,
      MailStore mail,
      Store store,
      Journey journey,
      Time time) {
    this.settings = settings;
    this.mechanisms = mechanisms;
    this.credentials = credentials;
    this.mail = mail;
    this.store = store;
    this.journey = journey;
    this.time = time;
  }

  @Override
  public void serve(Connection connection) throws IOException {
    Journey session = journey.newSession();
    session.note(accepted(connection));
    noteTls(connection, session);
    new ImapDialogue(new ImapSession(this, connection, session)).run();
  }

  @Override
  public byte[] refusal(Limit limit) {
    String reason =
        switch (limit) {
          case CONNECTIONS, CONNECTIONS_PER_ADDRESS -> "Too many connections";
          case RATE_PER_ADDRESS -> "Too many connections in a short time";
          case DRAINING -> "The server is going down";
        };
    return ("* BYE [UNAVAILABLE] " + reason + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static Event accepted(Connection connection) {
    return new Event.ConnectionAccepted(
        "imap",
        connection.remote().host(),
        connection.remote().port(),
        connection.local().host(),
        connection.local().port());
  }

  @Override
  public void refused(Endpoint remote, Limit limit) {
    String name = limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    journey.note(new Event.ConnectionRefused("imap", remote.host(), name));
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

  /** Notes what TLS agreed, if there is TLS. */
  static void noteTls(Connection connection, Journey session) {
    connection
        .tls()
        .ifPresent(
            tls ->
                session.note(
                    new Event.TlsEstablished(
                        tls.version(), tls.cipherSuite(), tls.group().orElse(""), "", "")));
  }

  ImapSettings settings() {
    return settings;
  }

  SaslMechanisms mechanisms() {
    return mechanisms;
  }

  CredentialStore credentials() {
    return credentials;
  }

  MailStore mail() {
    return mail;
  }

  Store store() {
    return store;
  }

  Time time() {
    return time;
  }
}
