package org.thurn.transfer.intake;

import java.util.Optional;
import org.thurn.message.Headers;
import org.thurn.smtp.Verdict;

/** Whether a message goes in circles, RFC 5321 §6.3: it has been received too often already. */
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
}
