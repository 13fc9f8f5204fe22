package org.thurn.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code msg-id} of RFC 5322 §3.6.4, compared exactly.
 *
 * @param value without the angle brackets
 */
public record MessageId(String value) {
  private static final int MAX = 1000;

  /** The first identifier of a Message-ID field. */
  public static Optional<MessageId> parse(String text) {
    return parseAll(text).stream().findFirst();
  }

  /** All identifiers of a References or In-Reply-To field; what stands between them is dropped. */
  public static List<MessageId> parseAll(String text) {
    List<MessageId> ids = new ArrayList<>();
    int open = text.indexOf('<');
    while (open >= 0 && ids.size() < MAX) {
      int close = text.indexOf('>', open);
      if (close < 0) {
        break;
      }
      // folds within an identifier are an old mistake of senders: white space is never part of it
      String value = withoutSpace(text.substring(text.lastIndexOf('<', close) + 1, close));
      if (!value.isEmpty()) {
        ids.add(new MessageId(value));
      }
      open = text.indexOf('<', close);
    }
    return ids;
  }

  private static String withoutSpace(String text) {
    return text.chars().anyMatch(c -> c <= ' ') ? text.replaceAll("\\s", "") : text;
  }

  /** With the angle brackets. */
  @Override
  public String toString() {
    return "<" + value + ">";
  }
}
