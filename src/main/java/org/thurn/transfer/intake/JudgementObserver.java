package org.thurn.transfer.intake;

import java.util.List;
import org.thurn.authentication.inbound.InboundResult;
import org.thurn.message.Headers;
import org.thurn.name.Mailbox;
import org.thurn.transfer.policy.Judgement;

/**
 * Hears of each message from outside whose sender was checked, when it is decided what is done with
 * it: of refused ones too, but not of those that are to come again. Called by the thread of the
 * dialogue, which waits: it must be quick.
 */
@FunctionalInterface
public interface JudgementObserver {
  /** Nobody. */
  JudgementObserver NONE = _ -> {};

  void judged(Judged message);

  /**
   * One message.
   *
   * @param headers as it came
   * @param recipients as RCPT named them
   */
  record Judged(
      InboundResult result, Judgement judgement, Headers headers, List<Mailbox> recipients) {
    public Judged {
      recipients = List.copyOf(recipients);
    }
  }
}
