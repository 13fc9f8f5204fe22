package org.thurn.transfer.intake;

import java.util.Optional;
import org.thurn.journey.Journey;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.net.Endpoint;
import org.thurn.net.TlsSession;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.Session;

/** A session as the dialogue would have made it. */
record TalkedSession(
    Protocol protocol,
    Endpoint remote,
    Endpoint local,
    Optional<String> helo,
    boolean extended,
    Optional<TlsSession> tls,
    Optional<Mailbox> account,
    Journey journey)
    implements Session {

  static TalkedSession smtp(String client, String helo, Journey journey) {
    return new TalkedSession(
        Protocol.SMTP,
        tcp(client),
        tcp("192.0.2.25"),
        Optional.of(helo),
        true,
        Optional.empty(),
        Optional.empty(),
        journey);
  }

  static Endpoint tcp(String address) {
    return new Endpoint(Optional.of(IpAddress.of(address)), 2525);
  }

  TalkedSession speaking(Protocol other) {
    return new TalkedSession(other, remote, local, helo, extended, tls, account, journey);
  }

  TalkedSession as(String address) {
    return new TalkedSession(
        protocol, remote, local, helo, extended, tls, Optional.of(Mailbox.of(address)), journey);
  }

  TalkedSession over(TlsSession session) {
    return new TalkedSession(
        protocol, remote, local, helo, extended, Optional.of(session), account, journey);
  }

  TalkedSession plain() {
    return new TalkedSession(protocol, remote, local, helo, false, tls, account, journey);
  }

  TalkedSession unix() {
    Endpoint end = new Endpoint(Optional.empty(), 0);
    return new TalkedSession(protocol, end, end, helo, extended, tls, account, journey);
  }
}
