package org.thurn.transfer.relay;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.name.IpAddress;

/** A small DNS in memory. */
final class MapResolver implements Resolver {
  private final Map<DnsName, Map<RecordType, List<RecordData>>> names = new LinkedHashMap<>();
  private final Map<DnsName, DnsName> aliases = new LinkedHashMap<>();
  private final Set<DnsName> failing = new HashSet<>();
  private boolean signed;

  MapResolver mx(String name, int preference, String exchange) {
    return add(name, RecordType.MX, new RecordData.Mx(preference, new DnsName(exchange)));
  }

  /** An A or AAAA record. */
  MapResolver address(String name, String digits) {
    InetAddress address = IpAddress.of(digits);
    return address instanceof Inet6Address six
        ? add(name, RecordType.AAAA, new RecordData.Aaaa(six))
        : add(name, RecordType.A, new RecordData.A((Inet4Address) address));
  }

  /** A name without the records that are asked for. */
  MapResolver empty(String name) {
    names.computeIfAbsent(new DnsName(name), _ -> new LinkedHashMap<>());
    return this;
  }

  MapResolver alias(String name, String target) {
    aliases.put(new DnsName(name), new DnsName(target));
    return this;
  }

  MapResolver failing(String name) {
    failing.add(new DnsName(name));
    return this;
  }

  /** Everything that is there is proven, and what is not there, too. */
  MapResolver signed() {
    signed = true;
    return this;
  }

  MapResolver tlsa(String name, RecordData.Tlsa record) {
    return add(name, RecordType.TLSA, record);
  }

  private MapResolver add(String name, RecordType type, RecordData data) {
    names
        .computeIfAbsent(new DnsName(name), _ -> new LinkedHashMap<>())
        .computeIfAbsent(type, _ -> new ArrayList<>())
        .add(data);
    return this;
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    DnsName canonical = aliases.getOrDefault(name, name);
    Map<RecordType, List<RecordData>> types = names.get(canonical);
    if (failing.contains(canonical)) {
      return answer(name, type, Answer.Status.TEMPORARY_FAILURE, canonical, List.of());
    }
    if (types == null) {
      return answer(name, type, Answer.Status.NO_SUCH_NAME, canonical, List.of());
    }
    List<RecordData> records = types.getOrDefault(type, List.of());
    return answer(
        name,
        type,
        records.isEmpty() ? Answer.Status.NO_DATA : Answer.Status.FOUND,
        canonical,
        records);
  }

  private Answer answer(
      DnsName name,
      RecordType type,
      Answer.Status status,
      DnsName canonical,
      List<RecordData> records) {
    return new Answer(
        name,
        type,
        status,
        signed ? Security.SECURE : Security.INSECURE,
        canonical,
        records,
        Duration.ofMinutes(5),
        "127.0.0.1#53",
        Duration.ofMillis(1),
        status == Answer.Status.TEMPORARY_FAILURE ? "SERVFAIL" : "");
  }
}
