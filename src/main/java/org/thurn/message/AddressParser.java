package org.thurn.message;

import java.util.ArrayList;
import java.util.List;

/**
 * The grammar of RFC 5322 §3.4 and §4.4, forgiving: where the text leaves the grammar it is marked,
 * and reading goes on at the next comma.
 */
final class AddressParser {
  private static final int MAX_ADDRESSES = 100_000;
  private static final String SPECIALS = "()<>[]:;@\\,\"";

  private final FieldCursor cursor;
  private boolean wellFormed = true;

  AddressParser(String text) {
    this.cursor = new FieldCursor(text);
  }

  /** {@code address-list}, with the empty elements of {@code obs-addr-list}. */
  AddressList addressList() {
    List<Address> addresses = new ArrayList<>();
    skipCfws();
    while (!cursor.atEnd() && addresses.size() < MAX_ADDRESSES) {
      if (!cursor.take(',')) {
        keep(address(), addresses);
        endOfElement(false);
      }
      skipCfws();
    }
    wellFormed &= cursor.atEnd() && !addresses.isEmpty();
    return new AddressList(addresses, wellFormed);
  }

  private <T extends Address> void keep(T address, List<T> kept) {
    boolean nothing =
        address instanceof Address.Single(String name, String local, String domain)
            && (name + local + domain).isEmpty();
    wellFormed &= !nothing;
    if (!nothing) {
      kept.add(address);
    }
  }

  /** After an element: a comma, the end, or garbage up to one of them. */
  private void endOfElement(boolean inGroup) {
    skipCfws();
    while (!cursor.atEnd() && cursor.peek() != ',' && !(inGroup && cursor.peek() == ';')) {
      wellFormed = false;
      if (cursor.peek() == '"') {
        wellFormed &= cursor.quotedString(new StringBuilder());
      } else {
        cursor.next();
      }
      skipCfws();
    }
  }

  private Address address() {
    Words words = words();
    if (cursor.peek() == ':' && !cursor.atEnd()) {
      cursor.next();
      return group(words.phrase());
    }
    return mailbox(words);
  }

  /** {@code group = display-name ":" [group-list] ";"}. */
  private Address.Group group(String name) {
    List<Address.Single> members = new ArrayList<>();
    skipCfws();
    while (!cursor.atEnd() && cursor.peek() != ';') {
      if (!cursor.take(',')) {
        keep(mailbox(words()), members);
        endOfElement(true);
      }
      skipCfws();
    }
    wellFormed &= cursor.take(';') && !name.isEmpty();
    return new Address.Group(name, members);
  }

  /** {@code mailbox = name-addr / addr-spec}; the words before the sign are read already. */
  private Address.Single mailbox(Words words) {
    if (cursor.peek() == '<' && !cursor.atEnd()) {
      cursor.next();
      Address.Single inner = angleAddr();
      return new Address.Single(words.phrase(), inner.local(), inner.domain());
    }
    Address.Single single = addrSpec(words);
    // the way of RFC 822 and older: joe@example.com (Joe)
    StringBuilder comment = new StringBuilder(words.comment);
    cursor.skipSpace();
    while (cursor.peek() == '(' && !cursor.atEnd()) {
      comment.setLength(0);
      wellFormed &= cursor.comment(comment);
      cursor.skipSpace();
    }
    return new Address.Single(comment.toString().strip(), single.local(), single.domain());
  }

  /** {@code angle-addr}, past its opening sign; a route of {@code obs-angle-addr} is dropped. */
  private Address.Single angleAddr() {
    Words words = words();
    if (words.isEmpty() && (cursor.peek() == '@' || cursor.peek() == ',')) {
      cursor.until(':');
      wellFormed &= cursor.take(':');
      words = words();
    }
    Address.Single inner = addrSpec(words);
    skipCfws();
    boolean closed = cursor.take('>');
    wellFormed &= closed;
    if (!closed) {
      cursor.until('>');
      cursor.take('>');
    }
    return inner;
  }

  /** {@code addr-spec = local-part "@" domain}; white space around the dots is obsolete. */
  private Address.Single addrSpec(Words words) {
    if (!cursor.take('@')) {
      wellFormed = false; // a bare word: "localrecipient", "undisclosed recipients"
      return new Address.Single("", words.phrase(), "");
    }
    wellFormed &= words.isLocalPart();
    skipCfws();
    StringBuilder domain = new StringBuilder();
    if (cursor.peek() == '[') {
      int start = cursor.position();
      cursor.until(']');
      wellFormed &= cursor.take(']');
      domain.append(cursor.since(start));
    } else {
      domain(domain);
    }
    wellFormed &= !domain.isEmpty();
    return new Address.Single("", words.localPart(), domain.toString());
  }

  private void domain(StringBuilder domain) {
    boolean dot = true;
    while (!cursor.atEnd() && dot) {
      int start = cursor.position();
      while (!cursor.atEnd() && isAtom(cursor.peek())) {
        cursor.next();
      }
      domain.append(cursor.since(start));
      int end = cursor.position();
      skipCfws();
      dot = cursor.take('.');
      if (dot) {
        domain.append('.');
        skipCfws();
      } else {
        cursor.position(end); // a comment here may be the name
      }
    }
  }

  /** Words, dots between them, up to a special character. */
  private Words words() {
    Words words = new Words();
    while (true) {
      words.space |= space();
      if (cursor.peek() == '(' && !cursor.atEnd()) {
        words.comment.setLength(0);
        wellFormed &= cursor.comment(words.comment);
      } else if (cursor.peek() == '"') {
        StringBuilder text = new StringBuilder();
        wellFormed &= cursor.quotedString(text);
        words.add(text.toString(), true);
      } else if (cursor.take('.')) {
        words.add(".", false);
      } else if (!cursor.atEnd() && isAtom(cursor.peek())) {
        int start = cursor.position();
        while (!cursor.atEnd() && isAtom(cursor.peek())) {
          cursor.next();
        }
        words.add(cursor.since(start), false);
      } else {
        return words;
      }
    }
  }

  private boolean space() {
    int start = cursor.position();
    cursor.skipSpace();
    return cursor.position() > start;
  }

  private static boolean isAtom(char c) {
    return c > ' ' && c != 0x7f && c != '.' && SPECIALS.indexOf(c) < 0;
  }

  private void skipCfws() {
    wellFormed &= cursor.skipCfws();
  }

  /** What may turn out to be a display name or a local part. */
  private static final class Words {
    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder local = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private boolean space;
    private boolean afterDot = true;
    private boolean localPart = true;

    void add(String text, boolean quoted) {
      boolean dot = !quoted && text.equals(".");
      localPart &= dot != afterDot; // words and dots take turns
      afterDot = dot;
      if (space && !phrase.isEmpty()) {
        phrase.append(' ');
      }
      phrase.append(text);
      local.append(text);
      space = false;
    }

    boolean isEmpty() {
      return local.isEmpty();
    }

    String phrase() {
      return phrase.toString();
    }

    /** White space around its dots removed; between words it stays, since it is no local part. */
    String localPart() {
      return localPart ? local.toString() : phrase.toString();
    }

    boolean isLocalPart() {
      return localPart && !afterDot;
    }
  }
}
