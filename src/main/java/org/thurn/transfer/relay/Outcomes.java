package org.thurn.transfer.relay;

import java.util.Optional;
import org.thurn.queue.Outcome;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.Reply;

/** Turns a server's words into outcomes, in one place. */
final class Outcomes {
  /** Replies are kept with the message: 100 lines of 2 KiB would be more than the message. */
  private static final int MAX_WORDS = 1000;

  private Outcomes() {}

  /** A refusal: 5yz is for ever, anything else is for now (RFC 5321 §4.2.1). */
  static Outcome refused(Reply reply, Peer.Name peer) {
    return reply.isPermanent()
        ? new Outcome.Failed(reply.statusOrGeneral(), words(reply), Optional.of(peer.host()))
        : later(reply, peer);
  }

  /** A refusal that is for now, whatever its code. */
  static Outcome later(Reply reply, Peer.Name peer) {
    EnhancedStatus status =
        reply.isTransient() ? reply.statusOrGeneral() : EnhancedStatus.of("4.5.0");
    return new Outcome.Deferred(status, words(reply), Optional.of(peer.host()));
  }

  /** Our own words about a peer. */
  static Outcome deferred(String status, String reason, Peer.Name peer) {
    return new Outcome.Deferred(EnhancedStatus.of(status), reason, Optional.of(peer.host()));
  }

  static String words(Reply reply) {
    String words = reply.toString();
    return words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "…" : words;
  }
}
