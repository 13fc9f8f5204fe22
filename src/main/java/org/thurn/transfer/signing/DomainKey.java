package org.thurn.transfer.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.DkimKeyRecord;
import org.thurn.authentication.dkim.rotation.KeyState;
import org.thurn.authentication.dkim.rotation.Stage;

/**
 * One key of a domain, with what is known of it.
 *
 * @param state where in its life it is; a published one is there since the DNS first showed it
 * @param made when it was made
 * @param key what signs; empty when it was destroyed, from REVOKED on
 * @param told whether the DNS was told, by an update, what it shall have at the key's name
 * @param shown whether the DNS, when last asked, showed the key
 * @param replace whether somebody wants another one in its place before its time
 */
public record DomainKey(
    KeyState state,
    Instant made,
    Optional<DkimKey> key,
    boolean told,
    boolean shown,
    boolean replace) {
  public DomainKey {
    if (key.isEmpty() && !destroyed(state.stage())) {
      throw new IllegalArgumentException("the key of " + state.selector() + " is missing");
    }
  }

  private static boolean destroyed(Stage stage) {
    return switch (stage) {
      case PUBLISHED, ACTIVE, RETIRED -> false;
      case REVOKED, GONE -> true;
    };
  }

  static DomainKey fresh(String selector, DkimKey key, Instant now) {
    KeyState state = new KeyState(selector, key.algorithm(), Stage.PUBLISHED, now);
    return new DomainKey(state, now, Optional.of(key), false, false, false);
  }

  public String selector() {
    return state.selector();
  }

  public Stage stage() {
    return state.stage();
  }

  /** Whether it signs now. */
  public boolean signs() {
    return stage() == Stage.ACTIVE && shown;
  }

  /** What the DNS shall have at its name; empty for nothing. */
  public Optional<DkimKeyRecord> wanted() {
    return switch (stage()) {
      case PUBLISHED, ACTIVE, RETIRED -> key.map(k -> k.record(Set.of()));
      case REVOKED ->
          Optional.of(DkimKeyRecord.of(state.algorithm().keyType(), "", Set.of())); // §3.6.1
      case GONE -> Optional.empty();
    };
  }

  /** The same key in its next stage; the DNS may have to be told again. */
  DomainKey moved(Stage next, Instant now) {
    boolean same = !destroyed(next);
    return new DomainKey(
        state.moved(next, now),
        made,
        same ? key : Optional.empty(),
        same && told,
        same && shown,
        false);
  }

  DomainKey withTold(boolean now) {
    return new DomainKey(state, made, key, now, shown, replace);
  }

  /** What the DNS showed; its being published counts from the first time that it did. */
  DomainKey withShown(boolean now, Instant at) {
    KeyState since = stage() == Stage.PUBLISHED && now && !shown ? state.moved(stage(), at) : state;
    return new DomainKey(since, made, key, told, now, replace);
  }

  DomainKey toReplace() {
    return new DomainKey(state, made, key, told, shown, true);
  }
}
