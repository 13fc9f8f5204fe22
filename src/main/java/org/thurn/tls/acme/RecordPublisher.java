package org.thurn.tls.acme;

import java.io.IOException;
import java.util.List;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;

/** Changes the DNS where we may: an update by RFC 2136. */
public interface RecordPublisher {
  /**
   * Makes this the one TXT record of a name, for a short time.
   *
   * @throws IOException if the DNS does not take it; the message is for the administrator
   */
  void publishText(DnsName name, String text) throws IOException;

  /**
   * Removes the TXT records of a name.
   *
   * @throws IOException as {@link #publishText}
   */
  void removeText(DnsName name) throws IOException;

  /**
   * Makes these the TLSA records of a name.
   *
   * @throws IOException as {@link #publishText}
   */
  void publishTlsa(DnsName name, List<RecordData.Tlsa> records) throws IOException;
}
