package org.thurn.message;

import java.util.List;

/** What a message that we send consists of; {@link MessageBuilder} chooses the encodings. */
public sealed interface Content {
  /**
   * Text for people.
   *
   * @param subtype {@code plain} or {@code html}
   * @param text lines ended by any of LF, CR, CRLF
   */
  record Text(String subtype, String text) implements Content {}

  /** A file. The name may be any text; an empty one leaves it out. */
  @SuppressWarnings("ArrayRecordComponent") // megabytes, built once and written once: not copied
  record Attachment(String fileName, ContentType type, byte[] octets) implements Content {}

  /** {@code multipart/} of a subtype such as mixed, alternative or related. */
  record Multi(String subtype, List<Content> parts) implements Content {
    public Multi {
      parts = List.copyOf(parts);
    }
  }

  /**
   * {@code multipart/report} (RFC 6522).
   *
   * @param type {@code delivery-status}, {@code disposition-notification}, {@code feedback-report}
   * @param human what people read
   * @param blocks the machine's part: groups of fields, parted by empty lines (RFC 3464 §2.1)
   * @param original what is returned of the message that it is about
   */
  record Report(String type, Text human, List<List<HeaderField>> blocks, Returned original)
      implements Content {
    public Report {
      blocks = blocks.stream().map(List::copyOf).toList();
    }
  }

  /**
   * {@code multipart/report} whose machine's part is a file (RFC 8460 §5.3).
   *
   * @param type such as {@code tlsrpt}
   * @param human what people read
   */
  record ReportFile(String type, Text human, Attachment machine) implements Content {}

  /** What a report returns of the original message. */
  sealed interface Returned {
    /** Nothing. */
    enum None implements Returned {
      INSTANCE
    }

    /** The header section alone: text/rfc822-headers, or message/global-headers if it is UTF-8. */
    record HeadersOnly(Headers headers) implements Returned {}

    /** The whole message: message/rfc822, or message/global if its headers are UTF-8. */
    @SuppressWarnings("ArrayRecordComponent") // as Attachment
    record Whole(byte[] octets) implements Returned {}
  }

  /** Plain text. */
  static Content text(String text) {
    return new Text("plain", text);
  }
}
