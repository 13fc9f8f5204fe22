package org.thurn.store.rocksdb;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.thurn.store.BodyId;
import org.thurn.store.Finding;
import org.thurn.store.Finding.Kind;
import org.thurn.store.Findings;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;

/**
 * Goes through the holders in step with a walk through the bodies, both in the order of body ids,
 * and asks for each the room that it is of.
 */
final class HolderWalk {
  private static final int PAGE = 1000;
  private static final String WHERE = "holders";

  private final RocksView view;
  private final Collection<RoomCheck> rooms;
  private final Findings to;
  private List<Snapshot.Pair> page;
  private int at;

  HolderWalk(RocksView view, Collection<RoomCheck> rooms, Findings to) {
    this.view = view;
    this.rooms = rooms;
    this.to = to;
    page = scan(new byte[0]);
  }

  private List<Snapshot.Pair> scan(byte[] from) {
    return view.scan(Family.HOLDERS, from, Keys.BEHIND_BODIES, PAGE);
  }

  private boolean hasNext() {
    if (at == page.size() && page.size() == PAGE) {
      byte[] last = page.getLast().key();
      page = scan(Arrays.copyOf(last, last.length + 1));
      at = 0;
    }
    return at < page.size();
  }

  /** Checks the holders up to those of {@code id}; true if it has any. */
  boolean of(BodyId id) {
    boolean held = false;
    byte[] body = Keys.body(id);
    while (hasNext()) {
      byte[] key = page.get(at).key();
      int order =
          Arrays.compareUnsigned(key, 0, Math.min(Keys.BODY, key.length), body, 0, Keys.BODY);
      if (order > 0) {
        return held;
      }
      held |= order == 0;
      one(key, order == 0);
      at++;
    }
    return held;
  }

  /** Checks those after the last body. */
  void rest() {
    for (; hasNext(); at++) {
      one(page.get(at).key(), false);
    }
  }

  private void one(byte[] key, boolean bodyExists) {
    to.looked(1, 0);
    if (key.length <= Keys.BODY) {
      to.found(new Finding(WHERE, Finding.shown(key), Kind.UNREADABLE, "it names no holder"));
      return;
    }
    BodyId body = Keys.bodyOf(key);
    String holder = Keys.text(key, Keys.BODY);
    if (!bodyExists) {
      found(body, holder, Kind.MISSING, "the body that it holds is not there");
    }
    Optional<RoomCheck> owner =
        rooms.stream()
            .filter(room -> room.holders().filter(holder::startsWith).isPresent())
            .findFirst();
    owner.ifPresentOrElse(
        room -> room.checkHolder(view, body, holder, to),
        () -> found(body, holder, Kind.STRAY, "no room has holders of this form"));
  }

  private void found(BodyId body, String holder, Kind kind, String words) {
    to.found(new Finding(WHERE, body.text() + " " + holder, kind, words));
  }
}
