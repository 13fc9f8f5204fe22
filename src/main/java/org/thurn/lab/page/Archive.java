package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.thurn.journey.Entry;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;

/** Asks every domain's journal for one message. */
final class Archive {
  private static final int MOST_NOTIFICATIONS = 10;

  private final List<LabView.Site> sites;
  private final List<Place> places;

  Archive(List<LabView.Site> sites) {
    this.sites = sites;
    this.places =
        IntStream.range(0, sites.size()).mapToObj(i -> Place.of(i, sites.get(i))).toList();
  }

  List<Place> places() {
    return places;
  }

  /** The Message-ID that belongs to a queue id, or the key itself. */
  String messageOf(String key) {
    if (!Ids.wellFormed(key)) {
      return key;
    }
    return sites.stream()
        .flatMap(site -> site.inside().journal().trace(key).stream())
        .filter(entry -> entry.queue().filter(id -> id.text().equals(key)).isPresent())
        .flatMap(entry -> entry.messageId().stream())
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse(key);
  }

  /**
   * What all domains know of the message, and of the notifications that were sent because of it.
   *
   * @param key a Message-ID or a queue id
   */
  Story story(String key) {
    String message = messageOf(key);
    List<Map<EventId, Entry>> found = new ArrayList<>();
    sites.forEach(_ -> found.add(new LinkedHashMap<>()));
    Set<String> asked = new LinkedHashSet<>();
    Optional<String> next = Optional.of(message);
    while (next.isPresent() && asked.size() < MOST_NOTIFICATIONS) {
      asked.add(next.get());
      ask(next.get(), found);
      next =
          found.stream()
              .flatMap(entries -> entries.values().stream())
              .flatMap(entry -> entry.messageId().stream())
              .filter(id -> !id.isEmpty() && !asked.contains(id))
              .findFirst();
    }
    List<List<Seen>> perPlace = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      Place place = places.get(i);
      perPlace.add(
          found.get(i).values().stream()
              .sorted(java.util.Comparator.comparing(Entry::id))
              .map(entry -> new Seen(place, entry))
              .toList());
    }
    return new Story(message, Seen.merged(perPlace));
  }

  private void ask(String message, List<Map<EventId, Entry>> found) {
    for (int i = 0; i < sites.size(); i++) {
      for (Entry entry : sites.get(i).inside().journal().trace(message)) {
        found.get(i).put(entry.id(), entry);
      }
    }
  }
}
