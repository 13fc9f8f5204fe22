package org.thurn.mailbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The flags of one placement: system flags and keywords. Keywords keep the case of their first use
 * and compare without it (RFC 9051 §2.3.2).
 *
 * @param system the bits of {@link SystemFlag}
 * @param keywords sorted without regard to case, no two alike
 */
public record Flags(int system, List<String> keywords) {
  public static final Flags NONE = new Flags(0, List.of());

  /** Keywords of one message, at the most; more are dropped. */
  public static final int MAX_KEYWORDS = 64;

  /** Octets of one keyword, at the most; longer ones are dropped. */
  public static final int MAX_KEYWORD_OCTETS = 100;

  public Flags {
    keywords = isSorted(keywords) ? List.copyOf(keywords) : sorted(keywords);
  }

  /** As they are in a stored row: nothing is to be done then, for 100,000 rows. */
  private static boolean isSorted(List<String> keywords) {
    for (int i = 0; i < keywords.size(); i++) {
      boolean follows =
          i == 0 || String.CASE_INSENSITIVE_ORDER.compare(keywords.get(i - 1), keywords.get(i)) < 0;
      if (!follows || !isKeyword(keywords.get(i))) {
        return false;
      }
    }
    return keywords.size() <= MAX_KEYWORDS;
  }

  private static List<String> sorted(List<String> keywords) {
    TreeSet<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String keyword : keywords) {
      if (sorted.size() < MAX_KEYWORDS && isKeyword(keyword)) {
        sorted.add(keyword);
      }
    }
    return List.copyOf(sorted);
  }

  public static Flags of(SystemFlag... flags) {
    int bits = 0;
    for (SystemFlag flag : flags) {
      bits |= flag.bit();
    }
    return new Flags(bits, List.of());
  }

  /**
   * From wire forms. Unknown {@code \}-flags ({@code \Recent} too) and what is no atom are left.
   */
  public static Flags parse(Collection<String> texts) {
    int bits = 0;
    List<String> keywords = new ArrayList<>();
    for (String text : texts) {
      if (!text.startsWith("\\")) {
        keywords.add(text);
        continue;
      }
      for (SystemFlag flag : SystemFlag.values()) {
        bits |= flag.text().equalsIgnoreCase(text) ? flag.bit() : 0;
      }
    }
    return new Flags(bits, keywords);
  }

  /** {@code flag-keyword} is an atom: RFC 9051 §9. */
  static boolean isKeyword(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_KEYWORD_OCTETS
        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0);
  }

  public boolean has(SystemFlag flag) {
    return (system & flag.bit()) != 0;
  }

  public boolean hasKeyword(String keyword) {
    return keywords.stream().anyMatch(keyword::equalsIgnoreCase);
  }

  public Flags plus(Flags more) {
    List<String> all = new ArrayList<>(keywords);
    all.addAll(more.keywords);
    return new Flags(system | more.system, all);
  }

  public Flags minus(Flags less) {
    List<String> rest = new ArrayList<>(keywords);
    rest.removeIf(less::hasKeyword);
    return new Flags(system & ~less.system, rest);
  }

  /** The wire forms, system flags first. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (SystemFlag flag : SystemFlag.values()) {
      if (has(flag)) {
        texts.add(flag.text());
      }
    }
    texts.addAll(keywords);
    return texts;
  }

  @Override
  public String toString() {
    return "(" + String.join(" ", texts()) + ")";
  }
}
