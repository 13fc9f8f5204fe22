package org.thurn.access.imap.grammar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thurn.mailbox.Flags;

/** The small rules of RFC 9051 §9 that the commands are made of. */
final class Grammar {
  private static final int MAX_FLAGS = 200;

  private final ImapInput in;

  Grammar(ImapInput in) {
    this.in = in;
  }

  /** {@code SP}; old clients send several. */
  void sp() throws ImapSyntaxException {
    expect(' ');
    while (in.peek() == ' ') {
      in.take();
    }
  }

  /** {@code CRLF}. */
  void end() throws ImapSyntaxException {
    while (in.peek() == ' ') {
      in.take();
    }
    if (in.peek() >= 0) {
      throw new ImapSyntaxException("Unexpected argument");
    }
  }

  boolean at(char c) {
    return in.peek() == c;
  }

  boolean accept(char c) {
    if (in.peek() != c) {
      return false;
    }
    in.take();
    return true;
  }

  void expect(char c) throws ImapSyntaxException {
    if (!accept(c)) {
      throw new ImapSyntaxException(c == ' ' ? "Argument missing" : "Expected \"" + c + '"');
    }
  }

  private static boolean isAtomChar(int c) {
    return c > 0x20 && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0;
  }

  private String run(String more, String less) {
    StringBuilder text = new StringBuilder();
    for (int c = in.peek(); isAtomChar(c) || more.indexOf(c) >= 0; c = in.peek()) {
      if (less.indexOf(c) >= 0) {
        break;
      }
      text.append((char) in.take());
    }
    return text.toString();
  }

  private static String some(String text, String rule) throws ImapSyntaxException {
    if (text.isEmpty()) {
      throw new ImapSyntaxException("Expected " + rule);
    }
    return text;
  }

  /** {@code tag = 1*<any ASTRING-CHAR except "+">}. */
  String tag() throws ImapSyntaxException {
    return some(run("]", "+"), "a tag");
  }

  String atom() throws ImapSyntaxException {
    return some(run("", ""), "an atom");
  }

  /** A word of the protocol, in upper case. It ends before {@code [}, {@code <} too. */
  String word() throws ImapSyntaxException {
    return some(run("", "[<"), "a word").toUpperCase(Locale.ROOT);
  }

  /** {@code astring = 1*ASTRING-CHAR / string}. */
  String astring() throws IOException, ImapSyntaxException {
    return atString() ? string() : some(run("]", ""), "a string");
  }

  /** {@code list-mailbox = 1*list-char / string}. */
  String listMailbox() throws IOException, ImapSyntaxException {
    return atString() ? string() : some(run("]%*", ""), "a mailbox pattern");
  }

  boolean atString() {
    return in.peek() == '"' || in.atLiteral();
  }

  /** {@code string = quoted / literal}, as UTF-8. */
  String string() throws IOException, ImapSyntaxException {
    if (in.atLiteral()) {
      return new String(in.octets(in.literal()), StandardCharsets.UTF_8);
    }
    return quoted();
  }

  String quoted() throws ImapSyntaxException {
    expect('"');
    java.io.ByteArrayOutputStream octets = new java.io.ByteArrayOutputStream();
    for (int c = in.take(); c != '"'; c = in.take()) {
      int octet = c == '\\' ? in.take() : c;
      if (octet < 0 || (c == '\\' && octet != '"' && octet != '\\')) {
        throw new ImapSyntaxException("Bad quoted string");
      }
      octets.write(octet);
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  /** {@code nstring}; NIL is empty. */
  String nstring() throws IOException, ImapSyntaxException {
    if (atString()) {
      return string();
    }
    if (!atom().equalsIgnoreCase("NIL")) {
      throw new ImapSyntaxException("Expected a string or NIL");
    }
    return "";
  }

  /** {@code number64}: below 2^63 (RFC 9051 §4.2). */
  long number() throws ImapSyntaxException {
    long value = 0;
    int digits = 0;
    while (in.peek() >= '0' && in.peek() <= '9') {
      if (++digits > 18) {
        throw new ImapSyntaxException("Number too large");
      }
      value = value * 10 + in.take() - '0';
    }
    if (digits == 0) {
      throw new ImapSyntaxException("Expected a number");
    }
    return value;
  }

  /** {@code nz-number}: 32 bits. */
  long nzNumber() throws ImapSyntaxException {
    long value = number();
    if (value < 1 || value > 0xffff_ffffL) {
      throw new ImapSyntaxException("Number out of range");
    }
    return value;
  }

  /** {@code sequence-set}. */
  SequenceSet sequenceSet() throws ImapSyntaxException {
    if (accept('$')) {
      return SequenceSet.SAVED;
    }
    List<SequenceSet.Range> ranges = new ArrayList<>();
    do {
      long one = seqNumber();
      ranges.add(new SequenceSet.Range(one, accept(':') ? seqNumber() : one));
      if (ranges.size() > SequenceSet.MAX_RANGES) {
        throw new ImapSyntaxException("Too many ranges");
      }
    } while (accept(','));
    return new SequenceSet(ranges, false);
  }

  private long seqNumber() throws ImapSyntaxException {
    return accept('*') ? SequenceSet.STAR : nzNumber();
  }

  boolean atSequenceSet() {
    return in.peek() == '$' || in.peek() == '*' || (in.peek() >= '0' && in.peek() <= '9');
  }

  /** {@code flag-list}. */
  Flags flagList() throws ImapSyntaxException {
    expect('(');
    List<String> flags = new ArrayList<>();
    while (!accept(')')) {
      if (!flags.isEmpty()) {
        sp();
      }
      flags.add(flag());
    }
    return Flags.parse(flags);
  }

  /** {@code flag-list / (flag *(SP flag))}, as STORE takes them. */
  Flags flags() throws ImapSyntaxException {
    if (at('(')) {
      return flagList();
    }
    List<String> flags = new ArrayList<>();
    do {
      flags.add(flag());
    } while (accept(' ') && flags.size() < MAX_FLAGS);
    return Flags.parse(flags);
  }

  /** {@code flag = "\" atom / atom}. */
  private String flag() throws ImapSyntaxException {
    return accept('\\') ? "\\" + atom() : atom();
  }

  /** Parses a parenthesized, space-separated list. */
  void list(Item item) throws IOException, ImapSyntaxException {
    expect('(');
    boolean first = true;
    while (!accept(')')) {
      if (!first) {
        sp();
      }
      first = false;
      item.parse();
    }
  }

  /** One element of a {@link #list}. */
  @FunctionalInterface
  interface Item {
    void parse() throws IOException, ImapSyntaxException;
  }
}
