package org.thurn.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Encoded words of RFC 2047 in header text. */
public final class EncodedWords {
  /** RFC 2047 §2 says 75; real mail has longer ones. A bound keeps the search linear. */
  private static final int MAX_WORD = 2000;

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
    return Stub.of(text);
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
