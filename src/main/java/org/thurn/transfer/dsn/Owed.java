package org.thurn.transfer.dsn;

import java.util.Set;
import org.thurn.queue.Notifier.Happening;
import org.thurn.queue.Notifier.Kind;
import org.thurn.queue.Outcome;
import org.thurn.smtp.Notify;

/** Which notifications a sender is owed: RFC 3461 §4.1 and §5.2. */
final class Owed {
  private Owed() {}

  static boolean owed(Happening happening, boolean delaysByDefault) {
    Set<Notify> asked = happening.recipient().notifyOn();
    if (asked.contains(Notify.NEVER)) {
      return false;
    }
    return switch (happening.kind()) {
      // RFC 3461 §4.1: where NOTIFY is not given, failures are told
      case FAILED, EXPIRED -> asked.isEmpty() || asked.contains(Notify.FAILURE);
      case DELAYED -> asked.isEmpty() ? delaysByDefault : asked.contains(Notify.DELAY);
      case DELIVERED -> asked.contains(Notify.SUCCESS);
      // RFC 3461 §5.2.2: a next hop with DSN took the duty over; without, "relayed" is ours to say
      case RELAYED -> asked.contains(Notify.SUCCESS) && !dutyPassed(happening.outcome());
    };
  }

  private static boolean dutyPassed(Outcome outcome) {
    return outcome instanceof Outcome.Relayed relayed && relayed.dsnCapable();
  }

  /** {@code action-value} of RFC 3464 §2.3.3. */
  static String action(Kind kind) {
    return switch (kind) {
      case FAILED, EXPIRED -> "failed";
      case DELAYED -> "delayed";
      case DELIVERED -> "delivered";
      case RELAYED -> "relayed";
    };
  }
}
