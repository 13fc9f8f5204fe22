package org.thurn.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the fields of a header section in one pass over its octets. It may be given a growing
 * prefix of the section again and again and goes on where it was.
 */
final class HeaderScanner {
  private final MessageLimits limits;
  private final List<int[]> starts = new ArrayList<>(); // start, end of name, colon
  private final Set<Defect> defects = EnumSet.noneOf(Defect.class);
  private int at;
  private int fieldsEnd;
  private int end;
  private boolean ended;

  HeaderScanner(MessageLimits limits) {
    this.limits = limits;
  }

  /** Scans the lines that are complete in the first {@code length} octets; true at the end. */
  boolean scan(byte[] octets, int length) {
    while (!ended && at < length) {
      int feed = at;
      while (feed < length && octets[feed] != '\n') {
        feed++;
      }
      if (feed == length && length <= limits.headerOctets()) {
        return false; // the line may go on
      }
      line(octets, at, Math.min(feed + 1, length));
    }
    return ended;
  }

  /** Takes the line from {@code from} to {@code to}, its line feed included. */
  void line(byte[] octets, int from, int to) {
    boolean feed = octets[to - 1] == '\n';
    boolean crlf = feed && to - from > 1 && octets[to - 2] == '\r';
    int text = to - (crlf ? 2 : feed ? 1 : 0);
    if (to > limits.headerOctets()) {
      tooLarge(from);
      return;
    }
    if (feed && !crlf) {
      defects.add(Defect.BARE_LF);
    }
    at = to;
    if (text == from && feed) {
      end(from, to);
    } else if (isFold(octets, from) && !starts.isEmpty()) {
      inspect(octets, from, text);
    } else if (starts.size() == limits.fields()) {
      defects.add(Defect.TOO_MANY_FIELDS);
      end(from, from);
    } else {
      begin(octets, from, text);
      inspect(octets, from, text);
    }
  }

  private static boolean isFold(byte[] octets, int at) {
    return octets[at] == ' ' || octets[at] == '\t';
  }

  /** Begins a field; RFC 5322 §4.5 lets white space stand before the colon. */
  private void begin(byte[] octets, int from, int to) {
    int name = from;
    while (name < to && octets[name] > ' ' && octets[name] < 0x7f && octets[name] != ':') {
      name++;
    }
    int colon = name;
    while (colon < to && isFold(octets, colon)) {
      colon++;
    }
    if (name > from && colon < to && octets[colon] == ':') {
      starts.add(new int[] {from, name, colon});
      return;
    }
    boolean mbox = from == 0 && startsWithFrom(octets, to);
    defects.add(mbox ? Defect.MBOX_FROM : Defect.NO_COLON);
    starts.add(new int[] {from, from, -1});
  }

  private static boolean startsWithFrom(byte[] octets, int to) {
    return to >= 5
        && octets[0] == 'F'
        && octets[1] == 'r'
        && octets[2] == 'o'
        && octets[3] == 'm'
        && octets[4] == ' ';
  }

  private void inspect(byte[] octets, int from, int to) {
    if (to - from > limits.lineOctets()) {
      defects.add(Defect.LINE_TOO_LONG);
    }
    for (int i = from; i < to; i++) {
      if (octets[i] <= 0) {
        defects.add(octets[i] == 0 ? Defect.NUL : Defect.EIGHT_BIT_HEADER);
      } else if (octets[i] == '\r') {
        defects.add(Defect.BARE_CR);
      }
    }
  }

  private void end(int endOfFields, int endOfSection) {
    fieldsEnd = endOfFields;
    end = endOfSection;
    at = endOfSection;
    ended = true;
  }

  /** The section ends at {@code length}, before a line that is too long for it. */
  void tooLarge(int length) {
    defects.add(Defect.HEADER_TOO_LARGE);
    end(length, length);
  }

  /** Where the section ends, or negative if it may go on. */
  int end() {
    return ended ? end : -1;
  }

  /** The section, once {@link #scan} is true or there are no more octets. */
  Headers headers(byte[] octets, int length) {
    if (!ended && at < length) {
      line(octets, at, length);
    }
    if (!ended) {
      end(length, length);
    }
    // the fields keep the section alone alive, not the message that it was found in
    byte[] section = Arrays.copyOf(octets, fieldsEnd);
    List<HeaderField> fields = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      int[] start = starts.get(i);
      int next = i + 1 < starts.size() ? starts.get(i + 1)[0] : fieldsEnd;
      fields.add(new HeaderField(section, start[0], start[1], start[2], next));
    }
    return new Headers(fields, Arrays.copyOfRange(octets, fieldsEnd, end), defects);
  }
}
