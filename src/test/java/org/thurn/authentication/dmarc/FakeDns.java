package org.thurn.authentication.dmarc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.name.Domain;

/** A DNS of texts, of names that only exist, and of names that nobody answers for. */
public final class FakeDns implements Resolver {
  private final Map<String, List<RecordData>> texts = new HashMap<>();
  private final Set<String> existing = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  public final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /** The domain's record. */
  public FakeDns record(String domain, String text) {
    return txt("_dmarc." + domain, text);
  }

  public FakeDns txt(String name, String... strings) {
    texts.computeIfAbsent(name, _ -> new ArrayList<>()).add(new RecordData.Txt(List.of(strings)));
    return this;
  }

  FakeDns exists(String name) {
    existing.add(name);
    return this;
  }

  public FakeDns silent(String name) {
    silent.add(name);
    return this;
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    asked.add(type + " " + name.text());
    if (silent.contains(name.text())) {
      return answer(name, type, Answer.Status.TEMPORARY_FAILURE, List.of(), "no reply");
    }
    if (type == RecordType.TXT && texts.containsKey(name.text())) {
      return answer(name, type, Answer.Status.FOUND, texts.get(name.text()), "");
    }
    if (existing.contains(name.text())) {
      return type == RecordType.MX
          ? answer(
              name,
              type,
              Answer.Status.FOUND,
              List.of(new RecordData.Mx(10, DnsName.of(Domain.of("mx.example")))),
              "")
          : answer(name, type, Answer.Status.NO_DATA, List.of(), "");
    }
    return answer(name, type, Answer.Status.NO_SUCH_NAME, List.of(), "");
  }

  static Answer answer(
      DnsName name, RecordType type, Answer.Status status, List<RecordData> records, String words) {
    return new Answer(
        name,
        type,
        status,
        Security.INSECURE,
        name,
        records,
        Duration.ZERO,
        "",
        Duration.ZERO,
        words);
  }
}
