package org.thurn.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;

/** The data of one record, of the types that mail asks for. */
public sealed interface RecordData {
  record A(Inet4Address address) implements RecordData {}

  record Aaaa(Inet6Address address) implements RecordData {}

  /** RFC 5321 §5.1; the root as exchange is a null MX, RFC 7505. */
  record Mx(int preference, DnsName exchange) implements RecordData {}

  /**
   * The strings of one TXT record in order, as raw octets in ISO 8859-1; {@link #joined} for use.
   */
  record Txt(List<String> strings) implements RecordData {
    public String joined() {
      return String.join("", strings);
    }
  }

  /** RFC 6698 §2.1; the data in lower-case hex. */
  record Tlsa(int usage, int selector, int matching, String data) implements RecordData {}

  record Ptr(DnsName name) implements RecordData {}

  record Cname(DnsName target) implements RecordData {}

  record Ns(DnsName host) implements RecordData {}

  record Soa(DnsName primary, DnsName responsible, long serial, long minimum)
      implements RecordData {}

  /** Any other type in master-file form (HTTPS, DS, CAA). */
  record Other(RecordType type, String presentation) implements RecordData {}
}
