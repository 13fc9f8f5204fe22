package org.thurn.net.http;

import java.time.Duration;

/**
 * What one exchange may cost.
 *
 * @param whole from the first attempt to connect to the answer's last octet, however slowly the
 *     octets come
 * @param maxBody octets of the answer's body
 */
public record HttpLimits(Duration whole, int maxBody) {
  public HttpLimits {
    if (!whole.isPositive() || maxBody < 0) {
      throw new IllegalArgumentException(whole + ", " + maxBody);
    }
  }
}
