package org.thurn.lab.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.thurn.journal.Journal;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;
import org.thurn.journey.QueueId;
import org.thurn.time.Time;

/**
 * The last messages of all domains and their states. It listens to the journals; what happened
 * before is read once, when somebody first asks.
 */
final class RecentMessages implements AutoCloseable {
  private static final int KEPT = 100;
  private static final int EVENTS_EACH = 200;
  private static final Duration BACK = Duration.ofDays(1);
  private static final int PAGE = 1_000;
  private static final int MOST_PAGES = 20;

  private final List<LabView.Site> sites;
  private final List<Place> places;
  private final Time time;
  private final List<Journal.Subscription> subscriptions = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, List<Seen>> messages = new LinkedHashMap<>();
  private final AtomicBoolean past = new AtomicBoolean();
  private long version;

  /** Begins to listen. */
  RecentMessages(List<LabView.Site> sites, List<Place> places, Time time) {
    this.sites = sites;
    this.places = places;
    this.time = time;
    for (int i = 0; i < sites.size(); i++) {
      Place place = places.get(i);
      subscriptions.add(
          sites.get(i).inside().journal().subscribe(entry -> note(new Seen(place, entry))));
    }
  }

  /** The newest first, and a number that changes when they do. */
  record Recent(List<Story> stories, long version) {}

  Recent newest(int limit) {
    readPast();
    lock.lock();
    try {
      List<Story> stories =
          messages.entrySet().stream()
              .map(message -> story(message.getKey(), message.getValue()))
              .sorted(Comparator.comparing(Story::start).reversed())
              .limit(limit)
              .toList();
      return new Recent(stories, version);
    } finally {
      lock.unlock();
    }
  }

  private static Story story(String key, List<Seen> seen) {
    return new Story(key, seen.stream().sorted(Seen.byTime()).toList());
  }

  private void readPast() {
    if (!past.getAndSet(true)) {
      for (int i = 0; i < sites.size(); i++) {
        readPast(sites.get(i).inside().journal(), places.get(i));
      }
    }
  }

  private void readPast(Journal journal, Place place) {
    Instant since = time.now().minus(BACK);
    EventId after = Ids.firstAt(since);
    for (int page = 0; page < MOST_PAGES; page++) {
      List<Entry> entries = journal.after(after, PAGE);
      entries.forEach(entry -> note(new Seen(place, entry)));
      if (entries.size() < PAGE) {
        return;
      }
      after = entries.getLast().id();
    }
  }

  private void note(Seen seen) {
    Optional<String> key =
        seen.entry()
            .messageId()
            .filter(id -> !id.isEmpty())
            .or(() -> seen.entry().queue().map(QueueId::text));
    if (key.isEmpty() || !tells(seen.event())) {
      return;
    }
    lock.lock();
    try {
      @Nullable List<Seen> known = messages.get(key.get());
      if (known == null) {
        known = new ArrayList<>();
        messages.put(key.get(), known);
        if (messages.size() > KEPT) {
          messages.remove(messages.keySet().iterator().next());
        }
      }
      if (known.size() < EVENTS_EACH && !known.contains(seen)) {
        known.add(seen);
        version++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the event changes where a copy is. */
  private static boolean tells(Event event) {
    return switch (event) {
      case Event.Accepted _ -> true;
      case Event.Deferred _ -> true;
      case Event.Stored _ -> true;
      case Event.Relayed _ -> true;
      case Event.Bounced _ -> true;
      case Event.Expired _ -> true;
      case Event.Discarded _ -> true;
      case Event _ -> false;
    };
  }

  @Override
  public void close() {
    subscriptions.forEach(Journal.Subscription::close);
  }
}
