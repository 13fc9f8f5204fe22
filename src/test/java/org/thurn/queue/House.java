package org.thurn.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.journey.Recorder;
import org.thurn.name.Host;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.name.ReversePath;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.testing.MemoryStore;
import org.thurn.tls.policy.Wish;

/** One server with a queue, whose crashes and clock a test commands. */
final class House implements AutoCloseable {
  static final Outcome LATER =
      new Outcome.Deferred(EnhancedStatus.of("4.2.0"), "450 busy", Optional.of("mx.example"));

  static final Mailbox SENDER = Mailbox.of("alice@here.example");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final ManualTime time = new ManualTime();
  final Post post = new Post();
  final List<Entry> journal = new CopyOnWriteArrayList<>();

  /** What of the journal no crash can take away. */
  final List<Entry> kept = new CopyOnWriteArrayList<>();

  private final Ids ids = new Ids(time);
  private final Journey journey = Journey.to(new Notes(), time, ids);
  private volatile Set<CrashPoint> crashAt = Set.of();
  private volatile boolean crashed;
  QueueSettings settings = settings();
  MemoryStore store;
  StoreQueue queue;

  House(boolean lazyStore) {
    store = new MemoryStore(lazyStore);
    queue = open();
  }

  private final class Notes implements Recorder {
    @Override
    public void record(Entry entry) {
      journal.add(entry);
    }

    @Override
    public void awaitKept() {
      kept.clear();
      kept.addAll(journal);
    }
  }

  /** The server is gone at this instant. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("as the test commands", null, false, false);
    }
  }

  static QueueSettings settings() {
    QueueSettings d = QueueSettings.defaults();
    return new QueueSettings(
        2, d.retry(), 8, 4, 8, 2, 40, d.retention(), d.check(), Duration.ofSeconds(1));
  }

  private StoreQueue open() {
    return new StoreQueue(
        settings, store, post.agents(), journey, time, new Random(1), this::reached);
  }

  private void reached(CrashPoint point, QueueId id) {
    if (crashAt.contains(point)) {
      crashAt = Set.of();
      store = store.crash();
      crashed = true;
      throw new Crash();
    }
  }

  void crashAt(CrashPoint point) {
    crashed = false;
    crashAt = Set.of(point);
  }

  boolean crashed() {
    return crashed;
  }

  /** Kills the server between two steps. */
  void crash() {
    store = store.crash();
  }

  /** A new process on what the crash left. */
  void restart() {
    queue.close();
    queue = open();
    queue.startUnscheduled();
    queue.round();
  }

  QueueId accept(Destination... destinations) {
    QueueId id = journey.newQueueId();
    accept(id, destinations);
    return id;
  }

  void accept(QueueId id, Destination... destinations) {
    List<Recipient> recipients = new ArrayList<>();
    for (Destination destination : destinations) {
      int index = recipients.size();
      Mailbox to =
          switch (destination) {
            case Destination.Local(var account, var _) -> account;
            case Destination.Remote(var host) -> Mailbox.of("user" + index + "@" + host.ascii());
          };
      recipients.add(new Recipient(index, to, to, destination, Set.of(), Optional.empty()));
    }
    queue.accept(envelope(id), recipients, stage("Subject: hi\r\n\r\nbody of " + id), "hi");
  }

  private Envelope envelope(QueueId id) {
    return new Envelope(
        id,
        Optional.empty(),
        ReversePath.of(SENDER),
        Optional.of(SENDER),
        Optional.of("<" + id + "@here.example>"),
        Optional.empty(),
        Optional.empty(),
        BodyType.SEVEN_BIT,
        false,
        time.now(),
        false,
        false,
        Wish.USUAL);
  }

  private Staged stage(String text) {
    try (Staging staging = store.stage(10_000)) {
      staging.write(text.getBytes(UTF_8));
      return staging.finish();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Destination local(String address) {
    return new Destination.Local(Mailbox.of(address), "");
  }

  static Destination remote(String host) {
    try {
      return new Destination.Remote(Host.parse(host));
    } catch (NameSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Waits for another thread, not long. */
  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("waited in vain until " + what + "; the journal: " + journal);
      }
      LockSupport.parkNanos(100_000);
    }
  }

  /** Until the queue has nothing in its hands. */
  void awaitIdle() {
    await("the queue is idle", () -> queue.activeMessages() == 0);
  }

  <E extends Event> List<E> events(Class<E> type) {
    return journal.stream().map(Entry::event).filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    queue.close();
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
