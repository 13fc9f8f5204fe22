package org.thurn.authentication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code tag-list} of RFC 6376 §3.2: what DKIM's and ARC's fields and key records and DMARC's
 * policy record are written in. It knows the syntax alone; which tags there are and what their
 * values mean is their users' matter.
 */
public final class TagList {
  /**
   * One {@code tag-spec}.
   *
   * @param name case-sensitive
   * @param value without white space around it; folds inside it stay
   * @param start where in the text the value begins, just behind the equals sign
   * @param end where it ends, at the semicolon or the text's end
   */
  public record Tag(String name, String value, int start, int end) {}

  private final Map<String, Tag> tags;

  private TagList(Map<String, Tag> tags) {
    this.tags = tags;
  }

  /**
   * Reads a list from a record's text or a field's raw value, folds and all.
   *
   * @throws TagListException where it breaks the syntax or names a tag twice, which makes the whole
   *     list invalid (RFC 6376 §3.2)
   */
  public static TagList parse(String text) throws TagListException {
    Map<String, Tag> tags = new LinkedHashMap<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf(';', at);
      end = end < 0 ? text.length() : end;
      boolean last = end == text.length();
      if (!(last && isBlank(text, at, end))) {
        Tag tag = tag(text, at, end);
        if (tags.putIfAbsent(tag.name(), tag) != null) {
          throw new TagListException("the tag " + tag.name() + "= stands there twice");
        }
      }
      at = end + 1;
    }
    if (tags.isEmpty()) {
      throw new TagListException("it is empty");
    }
    return new TagList(tags);
  }

  private static Tag tag(String text, int start, int end) throws TagListException {
    int equals = text.indexOf('=', start);
    if (equals < 0 || equals >= end) {
      throw new TagListException(
          isBlank(text, start, end)
              ? "there is nothing between two semicolons"
              : "a tag has no equals sign");
    }
    String name = strip(text.substring(start, equals));
    if (!isTagName(name)) {
      throw new TagListException("a tag has no proper name");
    }
    for (int i = equals + 1; i < end; i++) {
      char c = text.charAt(i);
      // 8-bit octets are UTF-8 (RFC 8616 §5) or a mistake, which the tag's reader tells apart.
      if (c == 0x7f || (c < ' ' && !isSpace(c))) {
        throw new TagListException("the value of " + name + "= has a control character");
      }
    }
    return new Tag(name, strip(text.substring(equals + 1, end)), equals + 1, end);
  }

  private static boolean isTagName(String name) {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      return false;
    }
    return name.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '_');
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isBlank(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!isSpace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** The value with every white space in it taken out, as base64 and lists are read. */
  public static String squeeze(String value) {
    StringBuilder kept = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (!isSpace(value.charAt(i))) {
        kept.append(value.charAt(i));
      }
    }
    return kept.toString();
  }

  /** All tags, as they stand. */
  public List<Tag> tags() {
    return new ArrayList<>(tags.values());
  }

  public Optional<Tag> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  /** The tag's value; empty where there is no such tag, "" where its value is empty. */
  public Optional<String> value(String name) {
    return tag(name).map(Tag::value);
  }
}
