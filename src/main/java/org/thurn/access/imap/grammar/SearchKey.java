package org.thurn.access.imap.grammar;

import java.time.LocalDate;
import java.util.List;
import org.thurn.mailbox.SystemFlag;

/** {@code search-key} of RFC 9051 §6.4.4. Texts are Unicode and compared without case. */
public sealed interface SearchKey {
  /** Whether the message itself must be read to tell. */
  default boolean needsContent() {
    return false;
  }

  record All() implements SearchKey {}

  /** {@code SEEN}, {@code UNSEEN} and their like. */
  record Flag(SystemFlag flag, boolean present) implements SearchKey {}

  record Keyword(String keyword, boolean present) implements SearchKey {}

  /** {@code RECENT} and {@code NEW}: no message is, for us; {@code OLD}: each is. */
  record Recent(boolean present) implements SearchKey {}

  /** Which date a key compares. */
  enum DateOf {
    INTERNAL,
    /** The Date field; RFC 9051 disregards its time and zone. */
    SENT,
    /** RFC 8514. */
    SAVED
  }

  /** How. */
  enum Comparison {
    BEFORE,
    ON,
    SINCE
  }

  record Date(DateOf of, Comparison comparison, LocalDate date) implements SearchKey {
    @Override
    public boolean needsContent() {
      return of == DateOf.SENT;
    }
  }

  /** {@code YOUNGER} and {@code OLDER} (RFC 5032), in seconds. */
  record Within(boolean younger, long seconds) implements SearchKey {}

  record Larger(long octets) implements SearchKey {}

  record Smaller(long octets) implements SearchKey {}

  /** {@code HEADER}; {@code FROM}, {@code SUBJECT} and their like are this too. */
  record Header(String field, String text) implements SearchKey {
    @Override
    public boolean needsContent() {
      return true;
    }
  }

  /** {@code BODY}, or {@code TEXT}, which looks into the header too. */
  record Text(String text, boolean headerToo) implements SearchKey {
    @Override
    public boolean needsContent() {
      return true;
    }
  }

  /** Sequence numbers, or UIDs. */
  record Numbers(SequenceSet set, boolean uid) implements SearchKey {}

  /** RFC 7162 §3.1.5. */
  record Modseq(long atLeast) implements SearchKey {}

  /** RFC 8474 §7. */
  record EmailId(String id) implements SearchKey {}

  record ThreadId(String id) implements SearchKey {}

  record Not(SearchKey key) implements SearchKey {
    @Override
    public boolean needsContent() {
      return key.needsContent();
    }
  }

  record Or(SearchKey one, SearchKey other) implements SearchKey {
    @Override
    public boolean needsContent() {
      return one.needsContent() || other.needsContent();
    }
  }

  record And(List<SearchKey> keys) implements SearchKey {
    public And {
      keys = List.copyOf(keys);
    }

    @Override
    public boolean needsContent() {
      return keys.stream().anyMatch(SearchKey::needsContent);
    }
  }
}
