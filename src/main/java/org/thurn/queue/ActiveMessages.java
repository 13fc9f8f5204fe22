package org.thurn.queue;

import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.QueueId;

/**
 * The messages that somebody works on now. A message is here while it has users and no longer, so
 * that memory is bounded by the attempts that wait or run, whatever the queue's length.
 */
final class ActiveMessages {
  private final Shards shards;
  private final ConcurrentHashMap<QueueId, ActiveMessage> messages = new ConcurrentHashMap<>();

  ActiveMessages(Shards shards) {
    this.shards = shards;
  }

  /** Runs {@code work} alone on the message, loaded from the store if it must be. */
  <T> T with(QueueId id, Function<ActiveMessage, T> work) {
    ActiveMessage message = enter(id);
    message.lock.lock();
    try {
      message.load(shards);
      return work.apply(message);
    } finally {
      message.lock.unlock();
      leave(message);
    }
  }

  /** As {@link #with} for a message that is only just being made: nothing is loaded. */
  void withNew(QueueId id, Consumer<ActiveMessage> work) {
    ActiveMessage message = enter(id);
    message.lock.lock();
    try {
      work.accept(message);
    } finally {
      message.lock.unlock();
      leave(message);
    }
  }

  /** As {@link #with}, but does nothing while somebody else has the message. */
  void ifFree(QueueId id, Consumer<ActiveMessage> work) {
    ActiveMessage message = enter(id);
    try {
      if (message.lock.tryLock()) {
        try {
          message.load(shards);
          work.accept(message);
        } finally {
          message.lock.unlock();
        }
      }
    } finally {
      leave(message);
    }
  }

  /** Keeps the message in memory until {@link #leave}. */
  ActiveMessage enter(QueueId id) {
    return messages.compute(
        id,
        (key, there) -> {
          ActiveMessage message = there == null ? new ActiveMessage(key) : there;
          message.users++;
          return message;
        });
  }

  void leave(ActiveMessage message) {
    messages.computeIfPresent(message.id, (key, there) -> --there.users == 0 ? null : there);
  }

  /** The recipients for which an attempt waits or runs. */
  BitSet inFlight(QueueEntry entry) {
    BitSet indexes = new BitSet();
    @Nullable ActiveMessage message = messages.get(entry.id());
    if (message != null) {
      message.lock.lock();
      try {
        for (int i = 0; i < entry.recipients().size(); i++) {
          indexes.set(i, message.isInFlight(i));
        }
      } finally {
        message.lock.unlock();
      }
    }
    return indexes;
  }

  int size() {
    return messages.size();
  }
}
