package org.thurn.transfer.submission;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.ForwardPath;
import org.thurn.name.Mailbox;
import org.thurn.queue.Submitter;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Receiver;

/**
 * Submission from within the house: it asks the same {@link Receiver} as the dialogue does, step by
 * step, so that nothing is allowed here that is not allowed on port 587.
 */
public final class SubmissionService implements Submitter {
  private final Receiver receiver;
  private final Journey journey;

  /**
   * @param journey what is noted about the message begins here, without a session
   */
  public SubmissionService(Receiver receiver, Journey journey) {
    this.receiver = receiver;
    this.journey = journey;
  }

  @Override
  public Result submit(Submission submission, InputStream message) throws IOException {
    HouseSession session = new HouseSession(submission.account(), journey);
    try (Receiver.Conversation conversation = receiver.open(session)) {
      QueueId id = journey.newQueueId();
      session.begin(id);
      Optional<Verdict> refusal = envelope(conversation, id, submission);
      if (refusal.isPresent()) {
        return new Result(refusal.get(), Optional.empty());
      }
      Verdict verdict = send(conversation.data(), message);
      return new Result(verdict, verdict.accepted() ? Optional.of(id) : Optional.empty());
    }
  }

  /**
   * MAIL and RCPT; the first that is not accepted ends it, so that all recipients get it or none.
   */
  private static Optional<Verdict> envelope(
      Receiver.Conversation conversation, QueueId id, Submission submission) {
    MailParameters parameters =
        new MailParameters(
            OptionalLong.empty(),
            BodyType.EIGHT_BIT_MIME,
            submission.smtpUtf8(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Verdict mail = conversation.mail(id, submission.sender(), parameters);
    if (!mail.accepted()) {
      return Optional.of(mail);
    }
    if (submission.recipients().isEmpty()) {
      return Optional.of(
          Verdict.reject(554, "5.5.1", "No recipients", "a submission without recipients"));
    }
    for (Mailbox recipient : submission.recipients()) {
      Verdict rcpt = conversation.rcpt(new ForwardPath.Of(recipient), RcptParameters.NONE);
      if (!rcpt.accepted()) {
        return Optional.of(rcpt);
      }
    }
    return Optional.empty();
  }

  private static Verdict send(Receiver.Incoming incoming, InputStream message) throws IOException {
    boolean whole = false;
    try {
      message.transferTo(incoming.body());
      whole = true;
    } finally {
      if (!whole) {
        incoming.abort();
      }
    }
    return incoming.finish().getFirst();
  }
}
