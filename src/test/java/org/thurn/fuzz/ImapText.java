package org.thurn.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks what an IMAP server says, by RFC 9051 §9, octet for octet. */
public final class ImapText {
  private static final int MAX_DEPTH = 400;

  private final byte[] octets;
  private int at;

  private ImapText(byte[] octets) {
    this.octets = octets;
  }

  /** One list and nothing after it; of so many elements, unless negative. */
  public static void list(byte[] octets, int elements) {
    ImapText text = new ImapText(octets);
    text.need(text.peek() == '(', "no list");
    int found = text.listOf(0);
    text.need(text.at == octets.length, "something after the list");
    text.need(elements < 0 || found == elements, found + " elements");
  }

  /**
   * Whole responses, each ended by CRLF.
   *
   * @param cut whether the last may be cut off, since the connection broke
   */
  public static void responses(byte[] octets, boolean cut) {
    ImapText text = new ImapText(octets);
    while (text.at < octets.length) {
      if (cut && text.lastIsCut()) {
        return;
      }
      text.response();
    }
  }

  private boolean lastIsCut() {
    for (int i = at; i + 1 < octets.length; i++) {
      if (octets[i] == '\r' && octets[i + 1] == '\n') {
        return false;
      }
    }
    return true;
  }

  private void response() {
    int start = at;
    String tag = word();
    need(!tag.isEmpty(), "a response without a tag");
    if (tag.equals("+")) {
      if (peek() == ' ') {
        at++;
      }
      respText();
      return;
    }
    need(peek() == ' ', "no space after " + tag);
    at++;
    String first = word();
    boolean number = !first.isEmpty() && first.chars().allMatch(c -> c >= '0' && c <= '9');
    switch (first) {
      case "OK", "NO", "BAD", "BYE", "PREAUTH" -> respText();
      default -> {
        need(tag.equals("*"), "not a status: " + tag + " " + first);
        need(number || first.matches("[A-Z]+"), "not a response: " + first);
        data();
      }
    }
    need(at > start, "nothing");
  }

  /** Text of people, to CRLF: no NUL, no CR or LF, UTF-8. */
  private void respText() {
    int start = at;
    while (peek() != '\r') {
      need(peek() > 0 && peek() != '\n', "octet " + peek() + " in the text of a response");
      at++;
    }
    utf8(start, at);
    crlf();
  }

  private void data() {
    while (peek() == ' ') {
      at++;
      if (peek() != '\r') { // SEARCH without a result
        value(0);
      }
    }
    crlf();
  }

  private void crlf() {
    need(peek() == '\r', "octet " + peek() + " where CRLF belongs");
    at++;
    need(peek() == '\n', "a bare CR");
    at++;
  }

  /** An atom, a string, a literal, a list. */
  private void value(int depth) {
    switch (peek()) {
      case '(' -> listOf(depth);
      case '"' -> quoted();
      case '{' -> literal(false);
      case '~' -> literal8OrAtom();
      default -> need(!atom().isEmpty(), "octet " + peek() + " where a value belongs");
    }
  }

  private int listOf(int depth) {
    need(depth < MAX_DEPTH, "too deep");
    at++;
    int count = 0;
    while (peek() != ')') {
      if (peek() == ' ' && count > 0) {
        at++;
      }
      value(depth + 1);
      count++;
    }
    at++;
    return count;
  }

  private void quoted() {
    int start = ++at;
    while (peek() != '"') {
      at += peek() == '\\' ? 1 : 0;
      need(peek() > 0 && peek() != '\r' && peek() != '\n', "octet " + peek() + " in quotes");
      at++;
    }
    utf8(start, at);
    at++;
  }

  /** A tilde may begin an atom too, such as a keyword. */
  private void literal8OrAtom() {
    at++;
    if (peek() == '{') {
      literal(true);
    } else {
      at--;
      need(!atom().isEmpty(), "a tilde where a value belongs");
    }
  }

  private void literal(boolean binary) {
    at++;
    long size = 0;
    need(peek() >= '0' && peek() <= '9', "a literal without a size");
    while (peek() >= '0' && peek() <= '9') {
      size = size * 10 + peek() - '0';
      at++;
    }
    need(peek() == '}', "a literal that is not announced well");
    at++;
    crlf();
    need(at + size <= octets.length, "a literal that is cut off");
    for (long end = at + size; at < end; at++) {
      need(binary || octets[at] != 0, "NUL in a literal");
    }
  }

  /** An atom as FETCH, LIST and STATUS know them: flags, item names with their sections. */
  private String atom() {
    int start = at;
    int brackets = 0;
    while (peek() > ' ' && (brackets > 0 || (peek() != ')' && peek() != '(')) || brackets > 0) {
      need(peek() >= ' ' && peek() < 0x7f, "octet " + peek() + " in an atom");
      brackets += peek() == '[' ? 1 : 0;
      brackets -= peek() == ']' && brackets > 0 ? 1 : 0;
      if (brackets > 0 && peek() == '"') {
        quoted();
      } else if (brackets > 0 && peek() == '{') {
        literal(false);
      } else {
        at++;
      }
    }
    return new String(octets, start, at - start, StandardCharsets.ISO_8859_1);
  }

  private String word() {
    int start = at;
    while (peek() > ' ' && peek() < 0x7f) {
      at++;
    }
    return new String(octets, start, at - start, StandardCharsets.US_ASCII);
  }

  private int peek() {
    return at < octets.length ? octets[at] & 0xff : -1;
  }

  private void utf8(int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, to - from));
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8: " + shown(), e);
    }
  }

  private void need(boolean condition, String what) {
    Promise.holds(condition, () -> what + ": " + shown());
  }

  /** What was said, up to the place. */
  private String shown() {
    int from = Math.max(0, at - 200);
    String said =
        new String(octets, from, Math.min(octets.length, at + 40) - from, StandardCharsets.UTF_8);
    return said.replace("\r\n", "⏎") + " (octet " + at + ")";
  }
}
