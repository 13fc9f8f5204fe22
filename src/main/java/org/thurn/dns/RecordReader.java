package org.thurn.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;

/** From dnsjava's records to ours. */
final class RecordReader {
  private RecordReader() {}

  /**
   * The data of a record that was asked for by {@code type}.
   *
   * @throws IllegalArgumentException if it holds a name or an address that cannot be expressed
   */
  static RecordData read(RecordType type, Record record) {
    return switch (record) {
      case ARecord a -> new RecordData.A((Inet4Address) a.getAddress());
      case AAAARecord aaaa -> aaaa(aaaa);
      case MXRecord mx -> new RecordData.Mx(mx.getPriority(), WireNames.fromWire(mx.getTarget()));
      case TXTRecord txt -> new RecordData.Txt(strings(txt));
      case TLSARecord tlsa ->
          new RecordData.Tlsa(
              tlsa.getCertificateUsage(),
              tlsa.getSelector(),
              tlsa.getMatchingType(),
              HexFormat.of().formatHex(tlsa.getCertificateAssociationData()));
      case PTRRecord ptr -> new RecordData.Ptr(WireNames.fromWire(ptr.getTarget()));
      case CNAMERecord cname -> new RecordData.Cname(WireNames.fromWire(cname.getTarget()));
      case NSRecord ns -> new RecordData.Ns(WireNames.fromWire(ns.getTarget()));
      case SOARecord soa ->
          new RecordData.Soa(
              WireNames.fromWire(soa.getHost()),
              WireNames.fromWire(soa.getAdmin()),
              soa.getSerial(),
              soa.getMinimum());
      default -> new RecordData.Other(type, record.rdataToString());
    };
  }

  private static RecordData aaaa(AAAARecord record) {
    // Java turns ::ffff:1.2.3.4 into an IPv4 address; as a host's AAAA it means nothing.
    if (record.getAddress() instanceof Inet6Address address) {
      return new RecordData.Aaaa(address);
    }
    throw new IllegalArgumentException("an IPv4-mapped address in an AAAA record");
  }

  private static List<String> strings(TXTRecord record) {
    return record.getStringsAsByteArrays().stream()
        .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
        .toList();
  }
}
