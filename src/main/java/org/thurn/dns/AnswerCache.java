package org.thurn.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;
import org.thurn.time.Time;

/** Answers that may still be used, positive and negative (RFC 1035 §7.4, RFC 2308 §5). */
final class AnswerCache {
  /** RFC 9520 §3.2: a failure too is remembered, if only for a moment. */
  static final Duration FAILURE_LIFE = Duration.ofSeconds(1);

  private final Time time;
  private final Cache<Question, Kept> answers;

  record Question(DnsName name, RecordType type) {}

  private record Kept(Answer answer, Duration life, long until) {}

  AnswerCache(int size, Time time) {
    this.time = time;
    this.answers =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(time::ticks)
            .maximumWeight(size)
            .weigher((Question question, Kept kept) -> weight(kept.answer()))
            .expireAfter(Expiry.creating((Question question, Kept kept) -> kept.life()))
            .build();
  }

  /** The answer as it is now: less of its TTL is left, and it took no time. */
  Optional<Answer> find(Question question) {
    Kept kept = answers.getIfPresent(question);
    if (kept == null) {
      return Optional.empty();
    }
    Answer said = kept.answer();
    Duration left = Duration.ofNanos(Math.max(0, kept.until() - time.ticks()));
    return Optional.of(
        new Answer(
            said.name(),
            said.type(),
            said.status(),
            said.security(),
            said.canonicalName(),
            said.records(),
            said.failed() ? Duration.ZERO : left,
            "cache",
            Duration.ZERO,
            said.explanation()));
  }

  void keep(Question question, Answer answer) {
    Duration life = answer.failed() ? FAILURE_LIFE : answer.ttl();
    if (life.isPositive()) {
      answers.put(question, new Kept(answer, life, time.ticks() + life.toNanos()));
    }
  }

  void clear() {
    answers.invalidateAll();
  }

  private static int weight(Answer answer) {
    return 1 + answer.records().stream().mapToInt(AnswerCache::octets).sum() / 512;
  }

  private static int octets(RecordData data) {
    return switch (data) {
      case RecordData.Txt txt -> txt.strings().stream().mapToInt(s -> s.length() + 32).sum();
      case RecordData.Other other -> other.presentation().length();
      case RecordData.Tlsa tlsa -> tlsa.data().length();
      case RecordData.A _, RecordData.Aaaa _, RecordData.Mx _, RecordData.Ptr _ -> 64;
      case RecordData.Cname _, RecordData.Ns _, RecordData.Soa _ -> 64;
    };
  }
}
