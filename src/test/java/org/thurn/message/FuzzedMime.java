package org.thurn.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/**
 * A whole message: its parts lie one in the other without a gap, everything in them can be read,
 * and what is converted for an older server holds only what that server takes.
 */
public final class FuzzedMime implements FuzzTarget {
  private static final MessageLimits SMALL = new MessageLimits(300, 8, 998, 4, 6);
  private static final Set<Defect> LIMITS =
      EnumSet.of(
          Defect.TOO_DEEP, Defect.TOO_MANY_PARTS, Defect.TOO_MANY_FIELDS, Defect.HEADER_TOO_LARGE);
  private static final int MAX_TEXT = 1 << 16;

  @Override
  public void take(byte[] octets) throws IOException {
    for (MessageLimits limits : List.of(MessageLimits.DEFAULT, SMALL)) {
      MimeTree tree = MimeParser.parse(octets, limits);
      Promise.same((long) octets.length, tree.size(), "the size");
      check(tree.root(), octets, 0);
      readEverything(tree, octets);
      for (DataClass target : List.of(DataClass.SEVEN_BIT, DataClass.EIGHT_BIT)) {
        if (Downgrade.plan(tree, target) instanceof Downgrade.Possible possible) {
          converted(possible, octets);
        }
      }
    }
  }

  private static void check(MimePart part, byte[] message, long at) {
    Extent header = part.entity().header();
    Extent body = part.entity().body();
    Promise.same(at, header.offset(), "where the header begins");
    Promise.same(header.end(), body.offset(), "where the body begins");
    byte[] octets = Arrays.copyOfRange(message, (int) header.offset(), (int) header.end());
    Promise.sameOctets(octets, part.headers().toByteArray(), "the header");
    long lines = 0;
    for (long i = body.offset(); i < body.end(); i++) {
      lines += message[(int) i] == '\n' ? 1 : 0;
    }
    Promise.same(lines, part.entity().lines(), "the lines");
    long before = body.offset();
    for (MimePart child : part.children()) {
      long begin = child.entity().header().offset();
      long end = child.entity().body().end();
      boolean within = begin >= before && end <= body.end();
      Promise.holds(within, () -> "a part that leaves its parent: " + child.entity().body());
      check(child, message, begin);
      before = end;
    }
  }

  private static void readEverything(MimeTree tree, byte[] message) throws IOException {
    List<MimePart> todo = new ArrayList<>(List.of(tree.root()));
    while (!todo.isEmpty()) {
      MimePart part = todo.removeLast();
      todo.addAll(part.children());
      Entity entity = part.entity();
      String text = part.text(OctetSource.of(message), MAX_TEXT);
      Promise.holds(text.length() <= 2 * MAX_TEXT, () -> "too much text");
      Promise.holds(entity.languages() != null && entity.fileName() != null, () -> "null");
      Envelope envelope = new Envelope(part.headers());
      boolean answered = envelope.from().isEmpty() || !envelope.replyTo().isEmpty();
      Promise.holds(answered, () -> "nobody to answer: " + part.headers().fields());
    }
  }

  /** What lies past a limit is opaque. */
  private static boolean isCut(MimeTree tree) {
    return tree.defects().stream().anyMatch(LIMITS::contains);
  }

  private static void converted(Downgrade.Possible possible, byte[] message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    possible.writeTo(OctetSource.of(message), out);
    boolean ascii = true;
    for (byte octet : out.toByteArray()) {
      ascii &= octet >= 0;
    }
    boolean good = ascii || possible.target() != DataClass.SEVEN_BIT;
    Promise.holds(good, () -> "converted to 7bit, yet not ASCII");
    if (!isCut(possible.tree())) {
      MimePart again = MimeParser.parse(out.toByteArray(), MessageLimits.DEFAULT).root();
      Promise.holds(fits(again, possible.target()), () -> "still to be converted: " + out);
    }
  }

  /** Whether no leaf is to be converted any more; a header is not the conversion's matter. */
  private static boolean fits(MimePart part, DataClass target) {
    return part instanceof MimePart.Leaf leaf
        ? !DowngradePlanner.converts(leaf, target)
        : part.children().stream().allMatch(child -> fits(child, target));
  }
}
