package org.thurn.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.QueueId;

/**
 * A message that somebody works on: attempts under way, or a command. Every change of its rows
 * starts from the state here, under its lock, so that a commit only writes.
 */
final class ActiveMessage {
  final QueueId id;
  final ReentrantLock lock = new ReentrantLock();

  /** Attempts and commands that need it in memory; guarded by the table of active messages. */
  int users;

  private boolean loaded;
  private Shards.@Nullable Place place;
  private final BitSet inFlight = new BitSet();
  private final BitSet running = new BitSet();
  private final BitSet marked = new BitSet();
  private @Nullable String dropAuthor;

  ActiveMessage(QueueId id) {
    this.id = id;
  }

  /** Recipients that go the same way now, by their place in the message. */
  record Group(Lane lane, List<Integer> indexes) {}

  void load(Shards shards) {
    if (!loaded) {
      place = shards.newest(id).orElse(null);
      loaded = true;
    }
  }

  /** Where it is, or empty if it is forgotten. */
  Optional<Shards.Place> place() {
    return Optional.ofNullable(place);
  }

  /** After a commit: this is what the store has now. */
  void committed(QueueShard shard, QueueEntry entry) {
    place = entry.settled() ? null : new Shards.Place(shard, entry);
    loaded = true;
  }

  /** After a commit that failed: the store is to be asked again. */
  void doubtful() {
    loaded = false;
    place = null;
  }

  /** The recipients that are due and for which no attempt waits or runs, by their way. */
  List<Group> dueGroups(QueueEntry entry, Instant now, boolean all) {
    Map<Lane, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < entry.recipients().size(); i++) {
      RecipientRow row = entry.recipients().get(i);
      if (!row.settled() && !inFlight.get(i) && (all || !row.next().isAfter(now))) {
        Lane lane = Lane.of(row.recipient().destination());
        groups.computeIfAbsent(lane, l -> new ArrayList<>()).add(i);
      }
    }
    List<Group> list = new ArrayList<>();
    groups.forEach((lane, indexes) -> list.add(new Group(lane, List.copyOf(indexes))));
    return list;
  }

  boolean isInFlight(int index) {
    return inFlight.get(index);
  }

  /** Whether its attempt has begun, and does not only wait for its turn. */
  boolean isRunning(int index) {
    return running.get(index);
  }

  void run(List<Integer> indexes) {
    indexes.forEach(running::set);
  }

  void begin(Group group) {
    group.indexes().forEach(inFlight::set);
  }

  void end(Group group) {
    group.indexes().forEach(inFlight::clear);
    group.indexes().forEach(running::clear);
  }

  /** The mark of RFC 1047 was set by this process, for an attempt that has not begun. */
  void marked(Group group) {
    group.indexes().forEach(marked::set);
  }

  /** Whether the mark is ours; else a crash left it. Asking takes it. */
  boolean takeMark(int index) {
    boolean ours = marked.get(index);
    marked.clear(index);
    return ours;
  }

  /** Whoever comes back from an attempt unsettled is dropped. */
  void dropLater(String author) {
    dropAuthor = author;
  }

  Optional<String> dropAuthor() {
    return Optional.ofNullable(dropAuthor);
  }
}
