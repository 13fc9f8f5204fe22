package org.thurn.transfer.relay;

import org.thurn.tls.tlsrpt.SessionResult;

/** Is told how TLS went with the hosts that MX records lead to. Must not block. */
@FunctionalInterface
public interface TlsObserver {
  /** One session, or one that could not even begin for what its destination publishes. */
  void counted(SessionResult result);
}
