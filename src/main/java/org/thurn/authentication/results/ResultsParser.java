package org.thurn.authentication.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.message.FieldCursor;
import org.thurn.message.HeaderField;

/**
 * Reads {@code authres-payload} of RFC 8601 §2.2. Comments are allowed everywhere and dropped. What
 * the grammar forbids is read only where a writer of many millions of messages needs it; the line
 * names the writer.
 */
public final class ResultsParser {
  /** The longest that are seen have 4 KiB. */
  static final int MAX_LENGTH = 32 << 10;

  /** Fastmail writes some 20; a message with many signatures has one for each. */
  static final int MAX_RESULTS = 200;

  /** In one result; Fastmail writes 8. */
  static final int MAX_PROPERTIES = 50;

  /** 1*DIGIT is a version; more digits than these are a mistake. */
  private static final int MAX_DIGITS = 4;

  private final FieldCursor cursor;

  private ResultsParser(String text) {
    this.cursor = new FieldCursor(text);
  }

  /** Reads a field's value, whatever its name is. */
  public static AuthenticationResults parse(HeaderField field) throws ResultsSyntaxException {
    return parse(field.unfolded());
  }

  /** Reads an unfolded value: line ends in it are a mistake, as are other control characters. */
  public static AuthenticationResults parse(String value) throws ResultsSyntaxException {
    if (value.length() > MAX_LENGTH) {
      throw new ResultsSyntaxException("it is longer than " + MAX_LENGTH + " characters");
    }
    if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      throw new ResultsSyntaxException("it has a control character");
    }
    return new ResultsParser(value).payload();
  }

  private AuthenticationResults payload() throws ResultsSyntaxException {
    cfws();
    int start = cursor.position();
    String id = value("the name of who checked");
    cfws();
    // Microsoft 365 has no authserv-id in what it writes for mail from outside.
    boolean nameless = cursor.peek() == '=';
    int version = AuthenticationResults.VERSION;
    if (nameless) {
      cursor.position(start);
      id = "";
    } else if (isDigit(cursor.peek())) {
      version = digits();
      cfws();
    }
    return new AuthenticationResults(id, version, results(nameless));
  }

  private List<MethodResult> results(boolean nameless) throws ResultsSyntaxException {
    List<MethodResult> results = new ArrayList<>();
    boolean none = false;
    boolean first = nameless;
    while (!cursor.atEnd()) {
      if (!first && !cursor.take(';')) {
        throw wrong("there is no semicolon");
      }
      first = false;
      cfws();
      if (cursor.atEnd() && (none || !results.isEmpty())) {
        break; // Yahoo ends its field by a semicolon.
      }
      if (none || results.size() == MAX_RESULTS) {
        throw wrong(none ? "something follows \"none\"" : "there are too many results");
      }
      String method = keyword("a method");
      cfws();
      none = results.isEmpty() && method.equals("none") && (cursor.atEnd() || cursor.peek() == ';');
      if (!none) {
        results.add(result(method));
      }
    }
    if (results.isEmpty() && !none) {
      throw wrong("there is no result");
    }
    return results;
  }

  /** {@code resinfo}, behind the method's name. */
  private MethodResult result(String method) throws ResultsSyntaxException {
    int version = MethodResult.VERSION;
    if (cursor.take('/')) {
      cfws();
      version = digits();
      cfws();
    }
    equalsSign(method);
    cfws();
    String result = keyword("a result");
    cfws();
    Optional<String> reason = Optional.empty();
    List<Property> properties = new ArrayList<>();
    while (!cursor.atEnd() && cursor.peek() != ';') {
      Property property = property();
      boolean reasons = property.ptype().isEmpty() && property.name().equals("reason");
      // Behind properties, too: the grammar has no other meaning for it there.
      if (reasons && reason.isEmpty()) {
        reason = Optional.of(property.value());
      } else {
        properties.add(property);
      }
      if (properties.size() > MAX_PROPERTIES) {
        throw wrong("there are too many properties");
      }
      cfws();
    }
    return new MethodResult(method, version, result, reason, properties);
  }

  /** {@code propspec / reasonspec}, which differ by the full stop. */
  private Property property() throws ResultsSyntaxException {
    String name = keyword("a property");
    String ptype = "";
    cfws();
    // Without it: action=none of Microsoft 365, x-bits=2048 of Fastmail.
    if (cursor.take('.')) {
      cfws();
      ptype = name;
      name = keyword("a property");
      cfws();
    }
    equalsSign(name);
    cfws();
    return new Property(ptype, name, pvalue());
  }

  /** {@code pvalue}; a reason's {@code value} is a part of it. */
  private String pvalue() throws ResultsSyntaxException {
    int start = cursor.position();
    if (cursor.peek() == '"') {
      String text = quotedString();
      if (cursor.peek() != '@') {
        return text;
      }
    }
    // More than tokens and domains: URIs of iCloud, IPv6 addresses of Exim, base64 of OpenDKIM.
    // Nothing at all: the null reverse-path of Microsoft 365.
    while (!cursor.atEnd() && !FieldCursor.isSpace(cursor.peek()) && isValue(cursor.peek())) {
      cursor.next();
    }
    if (cursor.peek() == '"') {
      throw wrong("there is a quotation mark within a value");
    }
    return cursor.since(start);
  }

  private static boolean isValue(char c) {
    return c != ';' && c != '(' && c != '"';
  }

  /** {@code value = token / quoted-string}, RFC 2045 §5.1. */
  private String value(String what) throws ResultsSyntaxException {
    if (cursor.peek() == '"') {
      return quotedString();
    }
    String token = cursor.token();
    if (token.isEmpty()) {
      throw wrong(what + " is missing");
    }
    return token;
  }

  private String quotedString() throws ResultsSyntaxException {
    StringBuilder text = new StringBuilder();
    if (!cursor.quotedString(text)) {
      throw wrong("a quoted string does not end");
    }
    return text.toString();
  }

  private String keyword(String what) throws ResultsSyntaxException {
    int start = cursor.position();
    while (!cursor.atEnd() && Keywords.isLoose(cursor.peek())) {
      cursor.next();
    }
    String word = cursor.since(start);
    if (word.isEmpty() || word.length() > Keywords.MAX) {
      throw wrong(word.isEmpty() ? what + " is missing" : what + " has a name too long");
    }
    return word.toLowerCase(Locale.ROOT);
  }

  private int digits() throws ResultsSyntaxException {
    int start = cursor.position();
    while (isDigit(cursor.peek())) {
      cursor.next();
    }
    String digits = cursor.since(start);
    if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
      throw wrong("a version is no number of one to " + MAX_DIGITS + " digits");
    }
    return Integer.parseInt(digits);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void equalsSign(String before) throws ResultsSyntaxException {
    if (!cursor.take('=')) {
      throw wrong("there is no equals sign behind \"" + before + "\"");
    }
  }

  private void cfws() throws ResultsSyntaxException {
    if (!cursor.skipCfws()) {
      throw wrong("a comment does not end");
    }
  }

  private ResultsSyntaxException wrong(String words) {
    return new ResultsSyntaxException(words + ", at character " + (cursor.position() + 1));
  }
}
