package org.thurn.message;

import java.util.List;
import java.util.Optional;

/**
 * {@code msg-id} of RFC 5322 §3.6.4, compared exactly.
 *
 * @param value without the angle brackets
 */
public record MessageId(String value) {
  /** The first identifier of a Message-ID field. */
  public static Optional<MessageId> parse(String text) {
    return parseAll(text).stream().findFirst();
  }

  /** All identifiers of a References or In-Reply-To field; what stands between them is dropped. */
  public static List<MessageId> parseAll(String text) {
    throw new UnsupportedOperationException(text);
  }

  /** With the angle brackets. */
  @Override
  public String toString() {
    return "<" + value + ">";
  }
}
