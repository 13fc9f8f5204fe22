package org.thurn.authentication.arc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.time.Time;

/** Keys in a DNS that is in memory; names that are in {@code silent} do not answer. */
record Keys(Map<String, String> texts, Set<String> silent) implements Resolver {
  /** When the test messages are read: after all of them were made. */
  static final Time TIME = new StillTime();

  private static final class StillTime implements Time {
    @Override
    public Instant now() {
      return Instant.ofEpochSecond(1_700_000_000);
    }

    @Override
    public long ticks() {
      return 0;
    }

    @Override
    public void pause(Duration duration) {
      throw new AssertionError("nobody waits here");
    }
  }

  static Keys of(Map<String, String> texts) {
    return new Keys(new TreeMap<>(texts), Set.of());
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    String text = texts.get(name.text());
    Answer.Status status = text == null ? Answer.Status.NO_SUCH_NAME : Answer.Status.FOUND;
    boolean fails = silent.contains(name.text());
    return new Answer(
        name,
        type,
        fails ? Answer.Status.TEMPORARY_FAILURE : status,
        Security.INSECURE,
        name,
        text == null || fails ? List.of() : List.of(new RecordData.Txt(List.of(text))),
        Duration.ZERO,
        "",
        Duration.ZERO,
        fails ? "no reply" : "");
  }
}
