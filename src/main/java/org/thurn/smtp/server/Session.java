package org.thurn.smtp.server;

import java.util.Optional;
import org.thurn.journey.Journey;
import org.thurn.name.Mailbox;
import org.thurn.net.Endpoint;
import org.thurn.net.TlsSession;

/** What the dialogue knows of its peer so far; the receiver reads it. */
public interface Session {
  Protocol protocol();

  Endpoint remote();

  Endpoint local();

  /** HELO's, EHLO's or LHLO's argument as the client gave it; empty before. */
  Optional<String> helo();

  /** Whether the client said EHLO or LHLO. */
  boolean extended();

  Optional<TlsSession> tls();

  /** Who authenticated. */
  Optional<Mailbox> account();

  /** About the session; about the transaction from MAIL FROM on. */
  Journey journey();
}
