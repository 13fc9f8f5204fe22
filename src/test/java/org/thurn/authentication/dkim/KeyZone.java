package org.thurn.authentication.dkim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.thurn.dns.Answer;
import org.thurn.dns.Answer.Status;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;

/** A DNS that has TXT records only; what begins with {@code broken.} fails. */
final class KeyZone implements Resolver {
  private final Map<DnsName, List<RecordData>> records = new ConcurrentHashMap<>();
  final Queue<DnsName> asked = new ConcurrentLinkedQueue<>();
  String everywhere = "";
  Security security = Security.INSECURE;

  KeyZone with(String name, String text) {
    records
        .computeIfAbsent(new DnsName(name), n -> new ArrayList<>())
        .add(new RecordData.Txt(List.of(text)));
    return this;
  }

  KeyZone with(SigningKey key, String... flags) {
    String name = key.selector() + "._domainkey." + key.domain();
    return with(name, key.key().record(Set.of(flags)).toString());
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    asked.add(name);
    List<RecordData> all =
        everywhere.isEmpty() ? List.of() : List.of(new RecordData.Txt(List.of(everywhere)));
    List<RecordData> found = records.getOrDefault(name, all);
    boolean broken = name.text().startsWith("broken.");
    Status status =
        broken ? Status.TEMPORARY_FAILURE : found.isEmpty() ? Status.NO_SUCH_NAME : Status.FOUND;
    return new Answer(
        name,
        type,
        status,
        security,
        name,
        found,
        Duration.ofMinutes(5),
        "test",
        Duration.ZERO,
        broken ? "SERVFAIL" : "");
  }
}
