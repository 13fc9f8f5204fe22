package org.thurn.tls.mtasts;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.name.IpAddress;

/** A DNS of a few texts and addresses. */
public final class FakeDns implements Resolver {
  private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private final Set<String> silent = new HashSet<>();

  /** What {@code _mta-sts} below a domain says. */
  public FakeDns record(String domain, String... records) {
    return text("_mta-sts." + domain, records);
  }

  /** What a name has of TXT. */
  public FakeDns text(String name, String... records) {
    texts.put(name, List.of(records));
    return this;
  }

  public FakeDns address(String host, String address) {
    addresses.put(host, address);
    return this;
  }

  /** Somebody answers for this name again. */
  public FakeDns answering(String name) {
    silent.remove(name);
    return this;
  }

  /** Nobody answers for this name from now on. */
  public FakeDns silent(String name) {
    silent.add(name);
    return this;
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    List<RecordData> records =
        switch (type) {
          case TXT ->
              texts.getOrDefault(name.text(), List.of()).stream()
                  .<RecordData>map(text -> new RecordData.Txt(List.of(text)))
                  .toList();
          case A ->
              addresses.containsKey(name.text())
                  ? List.of(
                      new RecordData.A(
                          (Inet4Address) IpAddress.of(addresses.getOrDefault(name.text(), ""))))
                  : List.of();
          default -> List.of();
        };
    boolean fails = silent.contains(name.text());
    Answer.Status status = records.isEmpty() ? Answer.Status.NO_SUCH_NAME : Answer.Status.FOUND;
    return new Answer(
        name,
        type,
        fails ? Answer.Status.TEMPORARY_FAILURE : status,
        Security.INSECURE,
        name,
        fails ? List.of() : records,
        Duration.ZERO,
        "",
        Duration.ZERO,
        fails ? "nobody answers" : "");
  }
}
