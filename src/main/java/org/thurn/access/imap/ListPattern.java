package org.thurn.access.imap;

import org.thurn.mailbox.MailboxName;

/**
 * A pattern of LIST (RFC 9051 §6.3.9): {@code *} stands for anything, {@code %} for anything within
 * one level.
 */
record ListPattern(String text) {
  private static final int MAX = 1_000;

  ListPattern {
    text = text.length() > MAX ? text.substring(0, MAX) : text;
    boolean inbox =
        text.regionMatches(true, 0, "INBOX", 0, 5) && (text.length() == 5 || text.charAt(5) == '/');
    if (inbox) { // RFC 9051 §5.1: in any case of letters
      text = "INBOX" + text.substring(5);
    }
  }

  /** Whether it matches, in time of the two lengths' product. */
  boolean matches(String name) {
    boolean[] ends = new boolean[name.length() + 1];
    ends[0] = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean[] next = new boolean[ends.length];
      for (int end = 0; end < ends.length; end++) {
        next[end] =
            switch (c) {
              case '*' -> ends[end] || (end > 0 && next[end - 1]);
              case '%' ->
                  ends[end]
                      || (end > 0
                          && next[end - 1]
                          && name.charAt(end - 1) != MailboxName.DELIMITER);
              default -> end > 0 && ends[end - 1] && name.charAt(end - 1) == c;
            };
      }
      ends = next;
    }
    return ends[name.length()];
  }
}
