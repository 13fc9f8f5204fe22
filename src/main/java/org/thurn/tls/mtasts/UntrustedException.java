package org.thurn.tls.mtasts;

import javax.net.ssl.SSLHandshakeException;

/** The server did not prove to be the policy's host. */
final class UntrustedException extends SSLHandshakeException {
  private static final long serialVersionUID = 1L;

  UntrustedException(String verification) {
    super(verification);
  }
}
