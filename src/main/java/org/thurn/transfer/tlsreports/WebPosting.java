package org.thurn.transfer.tlsreports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.Words;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.time.OwnThread;
import org.thurn.time.Time;
import org.thurn.transfer.reports.DailyCounts;
import org.thurn.transfer.reports.SentReport;

/** Posts what waits in the outbox, on threads of its own: web servers may be slow. */
final class WebPosting implements AutoCloseable {
  /** Posts at a time; a server that says nothing holds one for a minute. */
  private static final int AT_ONCE = 20;

  /** Posts of one round: a round of servers that say nothing takes a quarter of an hour. */
  private static final int MAX_A_ROUND = 300;

  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** So many days behind what it tells of, a report is of no use: we were off, or sent none. */
  private static final int STALE = 7;

  private final Supplier<TlsReportSettings> settings;
  private final Outbox outbox;
  private final DailyCounts counts;
  private final Supplier<WebPost> web;
  private final Time time;
  private final Journey journey;
  private final OwnThread thread = new OwnThread("tls-reports-https", this::run);

  WebPosting(
      Supplier<TlsReportSettings> settings,
      Outbox outbox,
      DailyCounts counts,
      Supplier<WebPost> web,
      Time time,
      Journey journey) {
    this.settings = settings;
    this.outbox = outbox;
    this.counts = counts;
    this.web = web;
    this.time = time;
    this.journey = journey;
  }

  void start() {
    thread.start();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      time.pause(PERIOD);
      round();
    }
  }

  /** Posts what is due. */
  void round() throws InterruptedException {
    Instant now = time.now();
    boolean send = settings.get().send();
    try (ExecutorService some =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<Callable<PendingPost>> due = new ArrayList<>();
      outbox.all().stream()
          .filter(post -> isStale(post, now) || (send && !post.next().isAfter(now)))
          .limit(MAX_A_ROUND)
          .forEach(post -> due.add(() -> attempt(post)));
      some.invokeAll(due);
    } catch (RuntimeException e) {
      fault(e);
    }
  }

  private void fault(RuntimeException e) {
    journey.note(new Event.Fault("posting a report", String.valueOf(e.getMessage())));
  }

  private static boolean isStale(PendingPost post, Instant now) {
    return now.isAfter(Instant.EPOCH.plus(Duration.ofDays(post.day() + STALE)));
  }

  private PendingPost attempt(PendingPost post) {
    try {
      if (isStale(post, time.now())) {
        settle(post, Optional.of("it has waited too long"));
        return post;
      }
      Optional<byte[]> packed = outbox.packed(post);
      Optional<String> failure =
          packed.isEmpty()
              ? Optional.of("it is not there any more")
              : web.get().post(post.to(), packed.get(), settings.get().posting());
      if (Thread.currentThread().isInterrupted()) {
        return post; // we stop: that is nobody's failure
      }
      if (failure.isPresent() && !post.isLast()) {
        outbox.postpone(post.later(time.now()));
      } else {
        settle(post, failure);
      }
    } catch (RuntimeException e) {
      fault(e);
    }
    return post;
  }

  private void settle(PendingPost post, Optional<String> failure) {
    String to = Words.of(post.to());
    counts.amend(post.day(), post.domain(), sent -> settled(sent, to, failure));
    outbox.remove(post);
    if (failure.isEmpty()) {
      long sessions = counts.sent(post.day(), post.domain()).map(SentReport::messages).orElse(0L);
      journey.note(new Event.TlsReportSent(post.domain(), to, sessions));
    }
  }

  private static SentReport settled(SentReport sent, String to, Optional<String> failure) {
    List<String> taken = new ArrayList<>(sent.to());
    List<String> refused = new ArrayList<>(sent.refused());
    taken.remove(to + TlsReportPost.WAITING);
    failure.ifPresentOrElse(why -> refused.add(to + ": " + why), () -> taken.add(to));
    return sent.with(taken, refused);
  }

  @Override
  public void close() {
    thread.close();
  }
}
