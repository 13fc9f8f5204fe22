package org.thurn.authentication.explain;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.authentication.explain.Hop.Trust;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/** The way of a message, in the order of its travel. */
public final class Travel {
  /** More Received fields are a loop (RFC 5321 §6.3), and nobody reads them. */
  private static final int MAX_HOPS = 200;

  private Travel() {}

  /** From the Received fields, the first hop first. */
  public static List<Hop> of(Headers headers) {
    List<HeaderField> fields = headers.all("Received");
    List<ReceivedReader> readers = new ArrayList<>();
    for (HeaderField field : fields.subList(0, Math.min(MAX_HOPS, fields.size())).reversed()) {
      readers.add(new ReceivedReader(field.unfolded()));
    }
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      Optional<ReceivedReader> next =
          i + 1 < readers.size() ? Optional.of(readers.get(i + 1)) : Optional.empty();
      Optional<OffsetDateTime> before = i == 0 ? Optional.empty() : readers.get(i - 1).time();
      hops.add(hop(readers.get(i), before, next));
    }
    return hops;
  }

  private static Hop hop(
      ReceivedReader read, Optional<OffsetDateTime> before, Optional<ReceivedReader> next) {
    return new Hop(
        read.clause("from"),
        read.client(),
        read.clause("by"),
        read.clause("with"),
        read.time(),
        before.flatMap(b -> read.time().map(t -> Duration.between(b, t))),
        trust(read, next));
  }

  private static Trust trust(ReceivedReader read, Optional<ReceivedReader> next) {
    if (read.clause("by").isEmpty()) {
      return Trust.UNREADABLE;
    }
    return next.map(n -> fits(read, n) ? Trust.CONSISTENT : Trust.BROKEN).orElse(Trust.WITNESSED);
  }

  /**
   * The next server took it from the one that wrote this, or without a name, or it is the same
   * server handing it on within itself.
   */
  private static boolean fits(ReceivedReader read, ReceivedReader next) {
    String by = host(read.clause("by").orElse(""));
    Optional<String> from = next.clause("from").map(Travel::host);
    boolean inside = next.clause("by").map(Travel::host).filter(by::equals).isPresent();
    return inside || from.isEmpty() || from.get().equals(by);
  }

  private static String host(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
