package org.thurn.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.store.Snapshot;

/** Gathers one trace at one version of the journal. */
final class Trace {
  private static final int MOST_MESSAGES = 100;

  private final Blocks blocks;
  private final Snapshot snapshot;
  private final Map<EventId, Entry> found = new LinkedHashMap<>();
  private final Set<SessionId> sessions = new LinkedHashSet<>();
  private final Set<QueueId> seen = new LinkedHashSet<>();

  Trace(Blocks blocks, Snapshot snapshot) {
    this.blocks = blocks;
    this.snapshot = snapshot;
  }

  Collection<Entry> of(String key) {
    ArrayDeque<QueueId> open = new ArrayDeque<>(messages(key));
    while (!open.isEmpty() && seen.size() < 2 * MOST_MESSAGES) {
      QueueId id = open.remove();
      if (seen.add(id)) {
        open.addAll(message(id));
      }
    }
    for (SessionId session : sessions) {
      keep(
          blocks.find(
              snapshot,
              Index.session(session),
              entry ->
                  entry.queue().isEmpty() && entry.session().filter(session::equals).isPresent()));
    }
    return found.values();
  }

  /** The messages that the key names. A Message-ID and an address look alike without brackets. */
  private List<QueueId> messages(String key) {
    List<QueueId> ids = new ArrayList<>();
    if (Ids.wellFormed(key)) {
      ids.add(new QueueId(key));
    }
    ids.addAll(lead(Index.messageId(key)));
    if (ids.isEmpty() && !key.startsWith("<")) {
      ids.addAll(lead(Index.messageId("<" + key + ">")));
    }
    if (ids.isEmpty()) {
      ids.addAll(lead(Index.address(bare(key))));
    }
    return ids;
  }

  private List<QueueId> lead(byte[] index) {
    return Blocks.targets(snapshot, index, MOST_MESSAGES).stream().map(QueueId::new).toList();
  }

  private static String bare(String key) {
    boolean bracketed = key.length() > 2 && key.startsWith("<") && key.endsWith(">");
    return bracketed ? key.substring(1, key.length() - 1) : key;
  }

  /** One message's entries; returns the notifications that were made for it. */
  private List<QueueId> message(QueueId id) {
    List<Entry> entries =
        blocks.find(
            snapshot, Index.queue(id), entry -> entry.queue().filter(id::equals).isPresent());
    keep(entries);
    List<QueueId> notifications = new ArrayList<>();
    for (Entry entry : entries) {
      entry.session().ifPresent(sessions::add);
      if (entry.event() instanceof Event.NotificationQueued queued) {
        notifications.add(queued.notification());
      }
    }
    return notifications;
  }

  private void keep(List<Entry> entries) {
    entries.forEach(entry -> found.put(entry.id(), entry));
  }
}
