package org.thurn.message;

import java.util.Optional;
import org.thurn.message.Downgrade.Obstacle;

/** Decides which leaves must be encoded, and whether they may. */
final class DowngradePlanner {
  private final DataClass target;
  private boolean needed;

  DowngradePlanner(DataClass target) {
    if (target == DataClass.BINARY) {
      throw new IllegalArgumentException("everything is binary already");
    }
    this.target = target;
  }

  Downgrade plan(MimeTree tree) {
    needed = exceeds(tree.traits(), false, target);
    Optional<Obstacle> obstacle = obstacle(tree.root(), Optional.empty());
    if (!needed) {
      return Downgrade.Unneeded.INSTANCE;
    }
    return obstacle
        .<Downgrade>map(Downgrade.Impossible::new)
        .orElseGet(() -> new Downgrade.Possible(tree, target));
  }

  /** Whether these octets are too wide; line ends count only in what is declared binary. */
  private static boolean exceeds(Traits traits, boolean binary, DataClass target) {
    return traits.nul()
        || traits.longestLine() > Traits.MAX_LINE
        || (binary && (traits.bareCr() || traits.bareLf()))
        || (target == DataClass.SEVEN_BIT && traits.eightBit());
  }

  /** Whether the leaf must be encoded anew. */
  static boolean converts(MimePart.Leaf leaf, DataClass target) {
    boolean binary = leaf.entity().transferEncoding() == TransferEncoding.BINARY;
    return exceeds(leaf.entity().traits(), binary, target);
  }

  private Optional<Obstacle> obstacle(MimePart part, Optional<Obstacle> sealed) {
    if (target == DataClass.SEVEN_BIT
        && part.headers().defects().contains(Defect.EIGHT_BIT_HEADER)) {
      needed = true;
      return Optional.of(Obstacle.EIGHT_BIT_HEADER);
    }
    return switch (part) {
      case MimePart.Leaf leaf -> obstacle(leaf, sealed);
      case MimePart.Embedded embedded -> obstacle(embedded.message(), sealed);
      case MimePart.Multipart multipart -> {
        Optional<Obstacle> within = sealed.or(() -> seal(part.contentType()));
        Optional<Obstacle> found = Optional.empty();
        for (MimePart child : multipart.parts()) {
          Optional<Obstacle> one = obstacle(child, within);
          found = found.or(() -> one);
        }
        yield found;
      }
    };
  }

  private static Optional<Obstacle> seal(ContentType type) {
    return switch (type.subtype()) {
      case "signed" -> Optional.of(Obstacle.SIGNED);
      case "encrypted" -> Optional.of(Obstacle.ENCRYPTED);
      default -> Optional.empty();
    };
  }

  private Optional<Obstacle> obstacle(MimePart.Leaf leaf, Optional<Obstacle> sealed) {
    if (!converts(leaf, target)) {
      return Optional.empty();
    }
    needed = true;
    ContentType type = leaf.contentType();
    // RFC 2045 §6.4 and RFC 2046 §5.2 let no composite be encoded; RFC 6532 §3.7 lets the global
    // ones
    boolean composite =
        type.isMultipart()
            || (type.type().equals("message") && !type.subtype().startsWith("global"));
    boolean opaque =
        composite
            || leaf.entity().transferEncoding() == TransferEncoding.UNKNOWN
            || leaf.headers().defects().contains(Defect.HEADER_TOO_LARGE)
            || leaf.headers().defects().contains(Defect.TOO_MANY_FIELDS);
    return sealed.or(() -> opaque ? Optional.of(Obstacle.OPAQUE) : Optional.empty());
  }
}
