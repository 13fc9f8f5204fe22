package org.thurn.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Encoded words of RFC 2047 in header text. */
public final class EncodedWords {
  /** RFC 2047 §2 says 75; real mail has longer ones. A bound keeps the search linear. */
  private static final int MAX_WORD = 2000;

  /** Of the 75 characters of a word, those between {@code =?utf-8?Q?} and {@code ?=}. */
  private static final int ROOM = 60;

  private static final int MAX_PLAIN_WORD = 500;

  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private EncodedWords() {}

  /** Decodes the encoded words of unfolded text; what is none stays as it is. */
  public static String decode(String text) {
    int next = text.indexOf("=?");
    if (next < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    Run run = new Run(decoded);
    int at = 0;
    while (next >= 0) {
      Word word = Word.at(text, next);
      if (word == null) {
        next = text.indexOf("=?", next + 2);
        continue;
      }
      String between = text.substring(at, next);
      if (!run.isOpen() || !between.isBlank()) { // RFC 2047 §6.2: space between two is dropped
        run.close();
        decoded.append(between);
      }
      run.add(word);
      at = word.end;
      next = text.indexOf("=?", at);
    }
    run.close();
    return decoded.append(text, at, text.length()).toString();
  }

  /** Encodes text that is not ASCII as words of at most 75 characters, parted by spaces. */
  public static String encode(String text) {

    StringBuilder words = new StringBuilder();
    StringBuilder chunk = new StringBuilder();
    boolean q = qIsShorter(text);
    int room = q ? ROOM : ROOM / 4 * 3;
    int used = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      String character = Character.toString(text.codePointAt(i));
      int size =
          q ? qEncode(character).length() : character.getBytes(StandardCharsets.UTF_8).length;
      if (used + size > room) { // RFC 2047 §5: no character is split between words
        words.append(word(chunk.toString(), q)).append(' ');
        chunk.setLength(0);
        used = 0;
      }
      chunk.append(character);
      used += size;
    }
    return words.append(word(chunk.toString(), q)).toString();
  }

  /** Unstructured text for a field: as it is if it is plain, else in encoded words. */
  static String unstructured(String text) {
    String clean = clean(text);
    return isPlain(clean) ? clean : encode(clean);
  }

  /** A {@code phrase} of RFC 5322 §3.2.5: atoms, a quoted string, or encoded words. */
  static String phrase(String text) {
    String clean = clean(text);
    if (!isPlain(clean)) {
      return encode(clean);
    }
    boolean atoms = !clean.isEmpty();
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      atoms &= Character.isLetterOrDigit(c) || " !#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }
    return atoms ? clean : '"' + clean.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      clean.append(c < ' ' || c == 0x7f ? ' ' : c); // nothing may become a field of its own
    }
    return clean.toString().strip();
  }

  /** ASCII, no word that would be decoded and none too long to fold. */
  private static boolean isPlain(String text) {
    int word = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      word = c == ' ' ? 0 : word + 1;
      if (c > '~' || word > MAX_PLAIN_WORD) {
        return false;
      }
    }
    return !text.contains("=?");
  }

  private static boolean qIsShorter(String text) {
    return qEncode(text).length() <= text.getBytes(StandardCharsets.UTF_8).length * 4 / 3 + 3;
  }

  private static String word(String text, boolean q) {
    return q
        ? "=?utf-8?Q?" + qEncode(text) + "?="
        : "=?utf-8?B?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  /** The narrow form of RFC 2047 §5 (3), good in phrases too. */
  private static String qEncode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean literal =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || "!*+-/".indexOf(b) >= 0;
      if (literal) {
        encoded.append((char) b);
      } else {
        encoded.append(b == ' ' ? "_" : "=" + Hex.of(b));
      }
    }
    return encoded.toString();
  }

  /**
   * Words in a row of one charset are one text: senders split characters between them, against RFC
   * 2047 §5.
   */
  private static final class Run {
    private final StringBuilder out;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private String charset = "";
    private boolean open;

    Run(StringBuilder out) {
      this.out = out;
    }

    boolean isOpen() {
      return open;
    }

    void add(Word word) {
      if (open && !charset.equalsIgnoreCase(word.charset)) {
        close();
      }
      open = true;
      charset = word.charset;
      word.decodeTo(octets);
    }

    void close() {
      if (open) {
        String text = Charsets.decode(charset, octets.toByteArray());
        for (int i = 0; i < text.length(); i++) {
          char c = text.charAt(i);
          out.append(c < ' ' ? ' ' : c); // no line end may come out of an encoded word
        }
        octets.reset();
        open = false;
      }
    }
  }

  /** {@code encoded-word = "=?" charset "?" encoding "?" encoded-text "?="}. */
  private record Word(String charset, char encoding, String encoded, int end) {
    static @Nullable Word at(String text, int start) {
      int charsetEnd = text.indexOf('?', start + 2);
      if (charsetEnd < 0 || charsetEnd + 2 >= text.length() || charsetEnd - start > 60) {
        return null;
      }
      char encoding = Character.toUpperCase(text.charAt(charsetEnd + 1));
      int textStart = charsetEnd + 3;
      if (text.charAt(charsetEnd + 2) != '?' || (encoding != 'B' && encoding != 'Q')) {
        return null;
      }
      int bound = Math.min(text.length(), start + MAX_WORD);
      int end = text.indexOf("?=", textStart, bound);
      if (end < 0) {
        return null;
      }
      String charset = text.substring(start + 2, charsetEnd);
      int language = charset.indexOf('*'); // RFC 2231 §5
      String name = language < 0 ? charset : charset.substring(0, language);
      return new Word(name, encoding, text.substring(textStart, end), end + 2);
    }

    void decodeTo(ByteArrayOutputStream out) {
      if (encoding == 'B') {
        base64(out);
      } else {
        q(out);
      }
    }

    private void base64(ByteArrayOutputStream out) {
      int bits = 0;
      int held = 0;
      for (int i = 0; i < encoded.length(); i++) {
        int value = BASE64.indexOf(encoded.charAt(i));
        if (value >= 0) {
          bits = bits << 6 | value;
          held += 6;
          if (held >= 8) {
            held -= 8;
            out.write(bits >> held);
          }
        }
      }
    }

    private void q(ByteArrayOutputStream out) {
      byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < raw.length; i++) {
        int high = raw[i] == '=' && i + 2 < raw.length ? Hex.digit(raw[i + 1]) : -1;
        int low = high >= 0 ? Hex.digit(raw[i + 2]) : -1;
        out.write(low >= 0 ? high << 4 | low : raw[i] == '_' ? ' ' : raw[i]);
        i += low >= 0 ? 2 : 0;
      }
    }
  }
}
