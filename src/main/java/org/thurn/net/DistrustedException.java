package org.thurn.net;

import javax.net.ssl.SSLHandshakeException;

/** A handshake was ended since the peer did not prove to be who it should be. */
public final class DistrustedException extends SSLHandshakeException {
  private static final long serialVersionUID = 1L;

  private final Distrust reason;

  public DistrustedException(Distrust reason, String words) {
    super(words);
    this.reason = reason;
  }

  /** What it failed to prove. */
  public Distrust reason() {
    return reason;
  }
}
