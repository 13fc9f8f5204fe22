package org.thurn.access.imap.grammar;

import java.util.List;
import java.util.Optional;

/** {@code fetch-att} of RFC 9051 §9, macros resolved. */
public sealed interface FetchItem {
  /** What the mailbox's row tells. */
  enum Attribute implements FetchItem {
    FLAGS,
    UID,
    INTERNALDATE,
    RFC822_SIZE,
    MODSEQ,
    EMAILID,
    THREADID,
    SAVEDATE
  }

  /** What the parsed message tells. */
  enum Structure implements FetchItem {
    ENVELOPE,
    BODY,
    BODYSTRUCTURE
  }

  /** How the response names the octets. */
  enum Name {
    BODY,
    BINARY,
    /** RFC822, RFC822.HEADER and RFC822.TEXT of RFC 3501. */
    RFC822
  }

  /** What of a part. */
  enum Text {
    /** The part's body, or the message where no part is named. */
    WHOLE,
    HEADER,
    HEADER_FIELDS,
    HEADER_FIELDS_NOT,
    TEXT,
    MIME
  }

  /**
   * {@code section-binary} and {@code section-spec}.
   *
   * @param part the part's numbers, outermost first; empty for the message
   * @param fields of {@link Text#HEADER_FIELDS}, as the client wrote them
   */
  record Section(List<Integer> part, Text text, List<String> fields) {
    public Section {
      part = List.copyOf(part);
      fields = List.copyOf(fields);
    }
  }

  /** {@code <offset.length>}, octets. */
  record Partial(long offset, long length) {}

  /**
   * Octets of the message.
   *
   * @param peek whether {@code \Seen} stays as it is
   */
  record Octets(Name name, boolean peek, Section section, Optional<Partial> partial)
      implements FetchItem {}

  /** {@code BINARY.SIZE}. */
  record BinarySize(List<Integer> part) implements FetchItem {
    public BinarySize {
      part = List.copyOf(part);
    }
  }
}
