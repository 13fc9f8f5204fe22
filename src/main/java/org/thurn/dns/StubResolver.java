package org.thurn.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.thurn.dns.AnswerCache.Question;
import org.thurn.time.Time;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A validating, caching stub resolver (RFC 4033 §2): it leaves the walk through the tree to the
 * servers of its settings, and believes nothing of what they say until the signatures hold. Equal
 * questions that are asked at the same time are sent once.
 */
public final class StubResolver implements Resolver {
  private static final Duration LINK_LIFE = Duration.ofMinutes(15);
  private static final int MAX_LINKS = 4_000;
  private static final int MAX_AT_ONCE = 512;
  private static final int MAX_STEPS = 8;

  private final ResolverSettings settings;
  private final Time time;
  private final TrustAnchors anchors;
  private final Upstreams upstreams;
  private final AnswerCache answers;
  private final Cache<Inquiry.Link, Upstreams.Reply> chain;
  private final ConcurrentHashMap<Question, CompletableFuture<Answer>> underWay =
      new ConcurrentHashMap<>();
  private final Semaphore atOnce = new Semaphore(MAX_AT_ONCE);

  /**
   * A resolver with an empty cache.
   *
   * @throws IOException if the trust anchor's file cannot be read or holds none
   */
  public StubResolver(ResolverSettings settings, Time time) throws IOException {
    this.settings = settings;
    this.time = time;
    this.anchors =
        settings.trustAnchor().isPresent()
            ? TrustAnchors.read(settings.trustAnchor().get())
            : TrustAnchors.none();
    this.upstreams = new Upstreams(settings);
    this.answers = new AnswerCache(settings.cacheSize(), time);
    this.chain =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(time::ticks)
            .maximumSize(MAX_LINKS)
            .expireAfter(Expiry.creating((Inquiry.Link l, Upstreams.Reply r) -> life(r.message())))
            .build();
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    Question question = new Question(name, type);
    return answers.find(question).orElseGet(() -> askOnce(question));
  }

  /** Forgets every answer and key, for a network that has changed. */
  public void forget() {
    answers.clear();
    chain.invalidateAll();
  }

  private Answer askOnce(Question question) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> others = underWay.putIfAbsent(question, mine);
    if (others != null) {
      return others.join();
    }
    try {
      Answer answer = askInTurn(question);
      answers.keep(question, answer);
      mine.complete(answer);
      return answer;
    } finally {
      underWay.remove(question, mine);
      // Only if a bug threw: whoever waits for this answer must not wait for ever.
      mine.completeExceptionally(new IllegalStateException("the inquiry broke off"));
    }
  }

  private Answer askInTurn(Question question) {
    long began = time.ticks();
    try {
      if (!atOnce.tryAcquire(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        return failed(question, Security.INSECURE, "", began, "too many questions at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(question, Security.INSECURE, "", began, "interrupted");
    }
    try {
      Optional<Name> name = WireNames.toWire(question.name());
      // What the DNS cannot carry exists in no zone, so nobody needs to be asked.
      return name.isPresent()
          ? follow(question, name.get(), began)
          : answer(
              question,
              Answer.Status.NO_SUCH_NAME,
              Security.INSECURE,
              question.name(),
              List.of(),
              Duration.ZERO,
              "",
              began,
              "");
    } finally {
      atOnce.release();
    }
  }

  /** Asks, and asks again where a CNAME leads if the server did not follow it (RFC 1034 §5.3.3). */
  private Answer follow(Question question, Name first, long began) {
    Inquiry inquiry = new Inquiry(upstreams, anchors, chain, time, settings.timeout());
    Security security = Security.SECURE;
    Duration ttl = Reading.LONGEST;
    Name name = first;
    for (int step = 0; step < MAX_STEPS; step++) {
      Inquiry.Outcome outcome = inquiry.ask(name, question.type().code());
      if (!outcome.reason().isEmpty()) {
        return failed(question, outcome.security(), inquiry.server(), began, outcome.reason());
      }
      // RFC 4035 §3.2.3: secure only if all of it is.
      security = outcome.security() == Security.SECURE ? security : outcome.security();
      Reading reading = Reading.of(outcome.message(), name, question.type().code(), time.now());
      ttl = Reading.shorter(ttl, reading.ttl());
      if (!reading.unfinished()) {
        return settle(question, security, reading, ttl, inquiry.server(), began);
      }
      name = reading.name();
    }
    return failed(question, security, inquiry.server(), began, "its CNAMEs do not end");
  }

  private Answer settle(
      Question question,
      Security security,
      Reading reading,
      Duration ttl,
      String server,
      long began) {
    List<RecordData> records = new ArrayList<>();
    DnsName canonical;
    try {
      canonical = WireNames.fromWire(reading.name());
      for (Record record : reading.records()) {
        records.add(RecordReader.read(question.type(), record));
      }
    } catch (IllegalArgumentException e) {
      return failed(question, security, server, began, "unusable record: " + e.getMessage());
    }
    return answer(question, reading.status(), security, canonical, records, ttl, server, began, "");
  }

  private Answer failed(
      Question question, Security security, String server, long began, String explanation) {
    return answer(
        question,
        Answer.Status.TEMPORARY_FAILURE,
        security,
        question.name(),
        List.of(),
        Duration.ZERO,
        server,
        began,
        explanation);
  }

  private Answer answer(
      Question question,
      Answer.Status status,
      Security security,
      DnsName canonical,
      List<RecordData> records,
      Duration ttl,
      String server,
      long began,
      String explanation) {
    Duration took = Duration.ofNanos(time.ticks() - began);
    return new Answer(
        question.name(),
        question.type(),
        status,
        security,
        canonical,
        records,
        ttl,
        server,
        took,
        explanation);
  }

  private static Duration life(Message message) {
    return Stream.of(Section.ANSWER, Section.AUTHORITY)
        .flatMap(section -> message.getSection(section).stream())
        .map(record -> Duration.ofSeconds(record.getTTL()))
        .reduce(LINK_LIFE, Reading::shorter);
  }
}
