package org.thurn.transfer.intake;

import java.util.BitSet;
import java.util.Optional;
import org.thurn.message.DeliveredTo;
import org.thurn.message.Headers;
import org.thurn.name.Mailbox;
import org.thurn.queue.Destination;
import org.thurn.smtp.Verdict;

/**
 * Whether a message goes in circles: it has been received too often already (RFC 5321 §6.3), or
 * comes back to where it was delivered before (RFC 9228).
 */
final class LoopCheck {
  /** RFC 5321 §6.3: large, "normally at least 100". */
  static final int MAX_HOPS = 100;

  private LoopCheck() {}

  static Optional<Verdict> refusal(Headers headers) {
    int hops = headers.count("Received");
    return hops > MAX_HOPS
        ? Optional.of(
            Verdict.reject(554, "5.4.6", "Too many hops: a mail loop", hops + " Received fields"))
        : Optional.empty();
  }

  /** What a recipient is told who has the message already. */
  static Verdict deliveredBefore() {
    return Verdict.reject(
        554,
        "5.4.6",
        "A mail loop: it was delivered here before",
        "Delivered-To names the account");
  }

  /** The accepted RCPT commands that lead only to accounts that have the message already. */
  static BitSet deliveredBefore(Headers headers, Transaction transaction) {
    return headers.count(DeliveredTo.NAME) == 0
        ? new BitSet()
        : transaction.leadingOnlyTo(
            destination ->
                destination instanceof Destination.Local(Mailbox account, String _)
                    && DeliveredTo.names(headers, account));
  }
}
