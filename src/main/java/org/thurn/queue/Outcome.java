package org.thurn.queue;

import java.util.Optional;
import org.thurn.name.Mailbox;
import org.thurn.smtp.EnhancedStatus;

/** What an attempt brought for one recipient. */
public sealed interface Outcome {
  /** In a mailbox, and durable there (S2). */
  record Stored(Mailbox account, String mailbox, long uid) implements Outcome {}

  /**
   * The next hop took it.
   *
   * @param reply its words, {@code 250 2.0.0 queued}
   * @param dsnCapable whether it took over the duty to notify (RFC 3461 §5.2.2)
   */
  record Relayed(String host, String remoteAddress, String reply, boolean dsnCapable)
      implements Outcome {}

  /** Not now. The remote host and its reply, or our own words. */
  record Deferred(EnhancedStatus status, String reason, Optional<String> remoteHost)
      implements Outcome {}

  /** Never. */
  record Failed(EnhancedStatus status, String reason, Optional<String> remoteHost)
      implements Outcome {}

  /** Thrown away on purpose. */
  record Discarded(String reason) implements Outcome {}
}
