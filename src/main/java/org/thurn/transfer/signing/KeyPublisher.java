package org.thurn.transfer.signing;

import java.io.IOException;
import java.util.List;
import org.thurn.dns.DnsName;

/** Changes the DNS where we may: an update by RFC 2136, or nobody. */
public interface KeyPublisher {
  /**
   * Makes this the one TXT record of the name.
   *
   * @param strings of the record, none longer than 255 octets
   * @throws IOException if the DNS does not take it; the message says why, for the administrator
   */
  void publish(DnsName name, List<String> strings) throws IOException;

  /**
   * Removes the TXT records of the name.
   *
   * @throws IOException as {@link #publish}
   */
  void remove(DnsName name) throws IOException;
}
