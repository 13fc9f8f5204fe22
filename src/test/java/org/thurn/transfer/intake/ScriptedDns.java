package org.thurn.transfer.intake;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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

/** Answers as it was told; a name that it was told nothing of does not exist. */
final class ScriptedDns implements Resolver {
  private final Map<String, List<RecordData>> records = new HashMap<>();
  private final Set<DnsName> names = new HashSet<>();
  private final Set<DnsName> broken = new HashSet<>();

  ScriptedDns mx(String name, String exchange) {
    return put(name, RecordType.MX, new RecordData.Mx(0, new DnsName(exchange)));
  }

  ScriptedDns a(String name, String address) {
    return put(name, RecordType.A, new RecordData.A((Inet4Address) IpAddress.of(address)));
  }

  ScriptedDns ptr(String address, String name) {
    String reverse = DnsName.reverse(IpAddress.of(address)).text();
    return put(reverse, RecordType.PTR, new RecordData.Ptr(new DnsName(name)));
  }

  ScriptedDns txt(String name) {
    return txt(name, "x");
  }

  ScriptedDns txt(String name, String text) {
    return put(name, RecordType.TXT, new RecordData.Txt(List.of(text)));
  }

  ScriptedDns broken(String name) {
    broken.add(new DnsName(name));
    return this;
  }

  private ScriptedDns put(String name, RecordType type, RecordData data) {
    names.add(new DnsName(name));
    records.put(type + " " + new DnsName(name), List.of(data));
    return this;
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    List<RecordData> found = records.getOrDefault(type + " " + name, List.of());
    Answer.Status status =
        broken.contains(name)
            ? Answer.Status.TEMPORARY_FAILURE
            : !found.isEmpty()
                ? Answer.Status.FOUND
                : names.contains(name) ? Answer.Status.NO_DATA : Answer.Status.NO_SUCH_NAME;
    return new Answer(
        name,
        type,
        status,
        Security.INSECURE,
        name,
        status == Answer.Status.FOUND ? found : List.of(),
        Duration.ZERO,
        "scripted",
        Duration.ZERO,
        status == Answer.Status.TEMPORARY_FAILURE ? "SERVFAIL" : "");
  }
}
