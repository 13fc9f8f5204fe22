package org.thurn.tls.dane;

import java.util.List;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;

/** What the DNS says of the certificate of a host, and what follows from it (RFC 7672 §2.2). */
public sealed interface DaneStatus {
  /**
   * No DANE: as if it had not been invented.
   *
   * @param why in words
   */
  record Absent(String why) implements DaneStatus {}

  /**
   * TLS is demanded, and a server that one of the records fits.
   *
   * @param records those that count, see {@link UsableRecords}
   * @param base the TLSA base domain: the server name to ask for, and the first name that a
   *     certificate may be for
   */
  record Usable(List<RecordData.Tlsa> records, DnsName base) implements DaneStatus {
    public Usable {
      records = List.copyOf(records);
    }
  }

  /**
   * The host's owner wants TLS, and says nothing about the certificate that we understand: TLS is
   * demanded, and nobody authenticated.
   *
   * @param records all there are
   * @param base the TLSA base domain
   * @param why in words
   */
  record Unusable(List<RecordData.Tlsa> records, DnsName base, String why) implements DaneStatus {
    public Unusable {
      records = List.copyOf(records);
    }
  }

  /**
   * Not to be known now, which an attacker may have brought about: the host is not to be connected
   * to at all (RFC 7672 §2.1.2, §2.2).
   *
   * @param answer the one that failed
   */
  record Failed(Answer answer) implements DaneStatus {}
}
