package org.thurn.access.pop3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.mailbox.MailStore;
import org.thurn.name.Mailbox;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Endpoint;
import org.thurn.sasl.CredentialStore;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.time.Time;

/**
 * Serves POP3 on listeners, with TLS from the first octet or by STLS. It holds the locks of the
 * maildrops: the servers of one instance are made {@link #with} the settings of each from one.
 */
public final class Pop3Server implements ConnectionHandler {
  private final Pop3Settings settings;
  private final SaslMechanisms mechanisms;
  private final CredentialStore credentials;
  private final MailStore mail;
  private final Journey journey;
  private final Time time;
  private final Set<Mailbox> locked;

  public Pop3Server(
      Pop3Settings settings,
      SaslMechanisms mechanisms,
      CredentialStore credentials,
      MailStore mail,
      Journey journey,
      Time time) {
    this(settings, mechanisms, credentials, mail, journey, time, ConcurrentHashMap.newKeySet());
  }

  private Pop3Server(
      Pop3Settings settings,
      SaslMechanisms mechanisms,
      CredentialStore credentials,
      MailStore mail,
      Journey journey,
      Time time,
      Set<Mailbox> locked) {
    this.settings = settings;
    this.mechanisms = mechanisms;
    this.credentials = credentials;
    this.mail = mail;
    this.journey = journey;
    this.time = time;
    this.locked = locked;
  }

  /** The same server with other settings: they share the locks of the maildrops. */
  public Pop3Server with(Pop3Settings other) {
    return new Pop3Server(other, mechanisms, credentials, mail, journey, time, locked);
  }

  @Override
  public void serve(Connection connection) throws IOException {
    Journey session = journey.newSession();
    session.note(accepted(connection));
    noteTls(connection, session);
    new Pop3Dialogue(this, connection, session).run();
  }

  @Override
  public byte[] refusal(Limit limit) {
    String reason =
        switch (limit) {
          case CONNECTIONS, CONNECTIONS_PER_ADDRESS -> "too many connections";
          case RATE_PER_ADDRESS -> "too many connections in a short time";
          case DRAINING -> "the server is going down";
        };
    return ("-ERR [SYS/TEMP] " + reason + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static Event accepted(Connection connection) {
    return new Event.ConnectionAccepted(
        "pop3",
        connection.remote().host(),
        connection.remote().port(),
        connection.local().host(),
        connection.local().port());
  }

  @Override
  public void refused(Endpoint remote, Limit limit) {
    String name = limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    journey.note(new Event.ConnectionRefused("pop3", remote.host(), name));
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

  /** Takes the exclusive-access lock of RFC 1939 §4; false if another session has it. */
  boolean lock(Mailbox account) {
    return locked.add(account);
  }

  void unlock(Mailbox account) {
    locked.remove(account);
  }

  Pop3Settings settings() {
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

  Time time() {
    return time;
  }
}
