package org.thurn.name;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The grammar of paths and mailboxes, RFC 5321 §4.1.2, widened by RFC 6531 §3.3 to UTF-8. A method
 * carries its rule's name. The cursor stays where the rule ended, so that a command's parameters
 * can be read from there ({@link #rest}).
 */
public final class PathParser {
  /** RFC 5321 §4.5.3.1.3: a path has at most 256 octets, its punctuation included. */
  public static final int MAX_PATH = 256;

  private final String text;
  private int at;

  public PathParser(String text) {
    this.text = text;
  }

  /** {@code Reverse-path = Path / "<>"}. */
  public ReversePath reversePath() throws NameSyntaxException {
    if (text.startsWith("<>", at)) {
      at += 2;
      return ReversePath.Null.INSTANCE;
    }
    return new ReversePath.Of(path());
  }

  /** {@code "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path}, RFC 5321 §4.1.1.3. */
  public ForwardPath forwardPath() throws NameSyntaxException {
    String bare = "<postmaster>";
    int end = Math.min(text.length(), at + bare.length());
    if (text.substring(at, end).toLowerCase(Locale.ROOT).equals(bare)) {
      at += bare.length();
      return ForwardPath.Postmaster.INSTANCE;
    }
    return new ForwardPath.Of(path());
  }

  /** {@code Path = "<" [ A-d-l ":" ] Mailbox ">"}. */
  private Mailbox path() throws NameSyntaxException {
    int start = at;
    expect('<');
    if (peek() == '@') {
      adl();
    }
    Mailbox mailbox = mailbox();
    expect('>');
    if (text.substring(start, at).getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
      throw new NameSyntaxException("a path has at most 256 octets");
    }
    return mailbox;
  }

  /** {@code A-d-l = At-domain *( "," At-domain )}: RFC 5321 Appendix C has it accepted, ignored. */
  private void adl() throws NameSyntaxException {
    do {
      expect('@');
      domain();
    } while (take(','));
    expect(':');
  }

  Mailbox mailbox() throws NameSyntaxException {
    LocalPart local = peek() == '"' ? quotedString() : dotString();
    expect('@');
    return new Mailbox(local, peek() == '[' ? literal() : domain());
  }

  private LocalPart dotString() throws NameSyntaxException {
    int start = at;
    while (at < text.length() && (LocalPart.isAtext(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    LocalPart local = local(text.substring(start, at));
    if (!local.isDotString()) {
      throw wrong("a local part");
    }
    return local;
  }

  private LocalPart quotedString() throws NameSyntaxException {
    StringBuilder value = new StringBuilder();
    expect('"');
    while (peek() != '"') {
      boolean pair = take('\\');
      char c = peek();
      // quoted-pairSMTP is of ASCII; only qtextSMTP is widened to UTF-8 (RFC 6531 §3.3)
      if (c < 0x20 || c == 0x7f || (pair && c > 0x7f)) {
        throw wrong("a quoted local part");
      }
      value.append(c);
      at++;
    }
    expect('"');
    return local(value.toString());
  }

  private LocalPart local(String value) throws NameSyntaxException {
    try {
      return new LocalPart(value);
    } catch (IllegalArgumentException e) {
      throw new NameSyntaxException(e.getMessage() + ": " + Shown.of(text));
    }
  }

  private Domain domain() throws NameSyntaxException {
    int start = at;
    while (at < text.length() && ">,:@ \t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at > start && text.charAt(at - 1) == '.') {
      throw wrong("a domain without final dot"); // RFC 5321 §2.3.5: names in mail are whole already
    }
    return Domain.parse(text.substring(start, at));
  }

  private AddressLiteral literal() throws NameSyntaxException {
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw wrong("an address literal");
    }
    String literal = text.substring(at, end + 1);
    at = end + 1;
    return AddressLiteral.parse(literal);
  }

  /** What follows the path: the command's parameters, with their leading space. */
  public String rest() {
    return text.substring(at);
  }

  /** Fails unless the whole text was used. */
  public void expectEnd() throws NameSyntaxException {
    if (at != text.length()) {
      throw wrong("the end");
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean take(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) throws NameSyntaxException {
    if (!take(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private NameSyntaxException wrong(String wanted) {
    return new NameSyntaxException(
        "expected " + wanted + " at character " + (at + 1) + " of " + Shown.of(text));
  }
}
