package org.thurn.tls;

import java.security.Provider;
import org.conscrypt.Conscrypt;

/** Conscrypt, of which the process has one, known to those alone who ask for it here. */
public final class CryptoProvider {
  private static final Provider CONSCRYPT = Conscrypt.newProviderBuilder().build();

  private CryptoProvider() {}

  /** For signatures that are wanted fast. */
  public static Provider get() {
    return CONSCRYPT;
  }
}
