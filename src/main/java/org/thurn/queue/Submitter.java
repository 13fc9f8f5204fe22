package org.thurn.queue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.Verdict;

/**
 * Sends a message for an account of this server, as if it had come by submission: {@code
 * transfer.submission} implements it; the command line, JMAP and Sieve call it.
 */
public interface Submitter {
  /** On acceptance the message is durable (S1) and {@code id} names it. */
  Result submit(Submission submission, InputStream message) throws IOException;

  /** Who sends what to whom. */
  record Submission(
      Mailbox account, ReversePath sender, List<Mailbox> recipients, boolean smtpUtf8) {}

  /** What became of it. */
  record Result(Verdict verdict, Optional<QueueId> id) {}
}
