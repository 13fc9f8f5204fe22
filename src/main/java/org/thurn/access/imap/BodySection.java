package org.thurn.access.imap;

import java.util.List;
import java.util.Optional;
import org.thurn.access.imap.MessageSummary.Kind;
import org.thurn.access.imap.MessageSummary.Part;
import org.thurn.access.imap.grammar.FetchItem;
import org.thurn.message.Extent;

/** Where a section lies in its message (RFC 9051 §6.4.5.1). */
final class BodySection {
  private BodySection() {}

  /** The part that the numbers lead to; empty if there is none. */
  static Optional<Part> part(Part root, List<Integer> numbers) {
    Optional<Part> found = Optional.of(root);
    boolean message = true; // numbers count within a message, or within a part
    for (int number : numbers) {
      if (found.isEmpty()) {
        return found;
      }
      Part here = found.get();
      found = message ? inMessage(here, number) : inPart(here, number);
      message = false;
    }
    return found;
  }

  /** A message that is no multipart has a part 1: itself. */
  private static Optional<Part> inMessage(Part root, int number) {
    if (root.kind() == Kind.MULTIPART) {
      return child(root, number);
    }
    return number == 1 ? Optional.of(root) : Optional.empty();
  }

  private static Optional<Part> inPart(Part part, int number) {
    return switch (part.kind()) {
      case MULTIPART -> child(part, number);
      case MESSAGE -> inMessage(part.children().getFirst(), number);
      case LEAF -> Optional.empty();
    };
  }

  private static Optional<Part> child(Part part, int number) {
    return number <= part.children().size()
        ? Optional.of(part.children().get(number - 1))
        : Optional.empty();
  }

  /** The octets of a section; of HEADER.FIELDS, the whole header. */
  static Optional<Extent> extent(Part root, long size, FetchItem.Section section) {
    if (section.part().isEmpty()) {
      long body = root.header().end();
      return Optional.of(
          switch (section.text()) {
            case WHOLE -> new Extent(0, size);
            case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> root.header();
            case TEXT -> new Extent(body, Math.max(0, size - body));
          });
    }
    Optional<Part> part = part(root, section.part());
    return switch (section.text()) {
      case WHOLE -> part.map(Part::body);
      case MIME -> part.map(Part::header);
      case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT ->
          part.flatMap(BodySection::message).map(Part::header);
      case TEXT -> part.flatMap(BodySection::message).map(Part::body);
    };
  }

  /** The message in a message/rfc822 part: only that has a HEADER and a TEXT. */
  private static Optional<Part> message(Part part) {
    return part.kind() == Kind.MESSAGE ? Optional.of(part.children().getFirst()) : Optional.empty();
  }
}
