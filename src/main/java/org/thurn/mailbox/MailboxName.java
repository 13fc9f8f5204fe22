package org.thurn.mailbox;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a mailbox, its levels parted by {@code /}. INBOX, and INBOX as the first level, is
 * written so in whatever case it came (RFC 9051 §5.1); all else is compared exactly, in NFC.
 */
public record MailboxName(String text) implements Comparable<MailboxName> {
  public static final char DELIMITER = '/';
  public static final MailboxName INBOX = new MailboxName("INBOX");
  private static final int MAX_OCTETS = 500;
  private static final int MAX_LEVELS = 20;

  /** For names that are known to be right; anything else is a bug and unchecked. */
  public static MailboxName of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a mailbox name: " + text));
  }

  /** Empty for what no mailbox can be called: an empty level, a control, a wildcard, too long. */
  public static Optional<MailboxName> parse(String text) {
    String name = Normalizer.normalize(text, Normalizer.Form.NFC);
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    boolean good =
        utf8.length <= MAX_OCTETS
            && new String(utf8, StandardCharsets.UTF_8).equals(name) // no lone surrogates
            && name.chars().allMatch(MailboxName::isNameChar);
    String[] levels = name.split("/", -1);
    good = good && levels.length <= MAX_LEVELS;
    for (String level : levels) {
      good = good && !level.isEmpty();
    }
    if (!good) {
      return Optional.empty();
    }
    if (levels[0].toUpperCase(Locale.ROOT).equals("INBOX")) {
      name = "INBOX" + name.substring(5);
    }
    return Optional.of(new MailboxName(name));
  }

  /** RFC 9051 §5.1: no control, no wildcard. */
  private static boolean isNameChar(int c) {
    return c >= 0x20
        && (c < 0x7f || c > 0x9f)
        && c != '%'
        && c != '*'
        && c != 0x2028
        && c != 0x2029;
  }

  public boolean isInbox() {
    return equals(INBOX);
  }

  /** Whether this lies below {@code other}, at any depth. */
  public boolean isBelow(MailboxName other) {
    return text.startsWith(other.text + DELIMITER);
  }

  /** The names above it, outermost first, itself not among them. */
  public List<MailboxName> superiors() {
    List<MailboxName> names = new ArrayList<>();
    for (int at = text.indexOf(DELIMITER); at >= 0; at = text.indexOf(DELIMITER, at + 1)) {
      names.add(new MailboxName(text.substring(0, at)));
    }
    return names;
  }

  /** This name, which lies below {@code from}, moved below {@code to}. */
  Optional<MailboxName> moved(MailboxName from, MailboxName to) {
    return parse(to.text + text.substring(from.text.length()));
  }

  @Override
  public int compareTo(MailboxName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
