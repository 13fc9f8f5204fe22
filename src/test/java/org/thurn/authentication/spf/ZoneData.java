package org.thurn.authentication.spf;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.name.IpAddress;

/** A DNS in memory, also for names and failures that no zone file can express. */
final class ZoneData implements Resolver {
  private static final int MAX_ALIASES = 8;

  private final Map<DnsName, List<RecordData>> records = new HashMap<>();
  private final Map<DnsName, Boolean> silent = new HashMap<>();
  final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /** Names are as in a macro string: any octets, no escapes. */
  static DnsName name(String text) {
    return text.isEmpty() ? DnsName.ROOT : TargetName.of(text).name().orElseThrow();
  }

  ZoneData add(String owner, RecordData... data) {
    records.computeIfAbsent(name(owner), _ -> new ArrayList<>()).addAll(List.of(data));
    return this;
  }

  ZoneData txt(String owner, String... strings) {
    return add(owner, new RecordData.Txt(List.of(strings)));
  }

  ZoneData a(String owner, String... addresses) {
    for (String address : addresses) {
      add(owner, new RecordData.A((Inet4Address) IpAddress.of(address)));
    }
    return this;
  }

  ZoneData aaaa(String owner, String... addresses) {
    for (String address : addresses) {
      add(owner, new RecordData.Aaaa((Inet6Address) IpAddress.of(address)));
    }
    return this;
  }

  ZoneData mx(String owner, int preference, String exchange) {
    return add(owner, new RecordData.Mx(preference, name(exchange)));
  }

  ZoneData ptr(String owner, String target) {
    return add(owner, new RecordData.Ptr(name(target)));
  }

  ZoneData cname(String owner, String target) {
    return add(owner, new RecordData.Cname(name(target)));
  }

  /** Whatever is asked of this name and not there is never answered. */
  ZoneData silent(String owner) {
    silent.put(name(owner), true);
    return this;
  }

  @Override
  public Answer ask(DnsName asked, RecordType type) {
    this.asked.add(type + " " + asked.text());
    DnsName name = asked;
    for (int step = 0; step < MAX_ALIASES; step++) {
      List<RecordData> all = records.getOrDefault(name, List.of());
      List<RecordData> found = all.stream().filter(data -> type(data) == type).toList();
      if (!found.isEmpty()) {
        return answer(asked, type, Answer.Status.FOUND, name, found, "");
      }
      if (silent.containsKey(name)) {
        return answer(asked, type, Answer.Status.TEMPORARY_FAILURE, name, found, "no reply");
      }
      var alias = all.stream().filter(RecordData.Cname.class::isInstance).findFirst();
      if (alias.isEmpty()) {
        Answer.Status status = all.isEmpty() ? Answer.Status.NO_SUCH_NAME : Answer.Status.NO_DATA;
        return answer(asked, type, status, name, found, "");
      }
      name = ((RecordData.Cname) alias.get()).target();
    }
    return answer(
        asked, type, Answer.Status.TEMPORARY_FAILURE, name, List.of(), "its CNAMEs do not end");
  }

  private static Answer answer(
      DnsName asked,
      RecordType type,
      Answer.Status status,
      DnsName name,
      List<RecordData> found,
      String words) {
    return new Answer(
        asked,
        type,
        status,
        Security.INSECURE,
        name,
        found,
        Duration.ZERO,
        "",
        Duration.ZERO,
        words);
  }

  private static RecordType type(RecordData data) {
    return switch (data) {
      case RecordData.A _ -> RecordType.A;
      case RecordData.Aaaa _ -> RecordType.AAAA;
      case RecordData.Mx _ -> RecordType.MX;
      case RecordData.Txt _ -> RecordType.TXT;
      case RecordData.Tlsa _ -> RecordType.TLSA;
      case RecordData.Ptr _ -> RecordType.PTR;
      case RecordData.Cname _ -> RecordType.CNAME;
      case RecordData.Ns _ -> RecordType.NS;
      case RecordData.Soa _ -> RecordType.SOA;
      case RecordData.Other other -> other.type();
    };
  }
}
