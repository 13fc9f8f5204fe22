package org.thurn.transfer.intake;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.thurn.directory.Directory;
import org.thurn.dns.Resolver;
import org.thurn.name.Mailbox;
import org.thurn.queue.MailQueue;
import org.thurn.smtp.server.Receiver;
import org.thurn.smtp.server.Session;
import org.thurn.store.Store;
import org.thurn.time.Time;
import org.thurn.transfer.signing.MailSealer;
import org.thurn.transfer.signing.MailSigner;
import org.thurn.transfer.submission.SubmissionRate;

/** Takes mail in: from other servers, from people's programs, and by LMTP. */
public final class Intake implements Receiver {
  private final Supplier<IntakeSettings> settings;
  private final Surroundings surroundings;

  /** What every conversation needs. */
  record Surroundings(
      Directory directory,
      Resolver resolver,
      Store store,
      MailQueue queue,
      Time time,
      SubmissionRate messages,
      SubmissionRate recipients,
      Guesses guesses,
      Greylist greylist,
      Supplier<Optional<Authentication>> authentication,
      MailSigner signer,
      MailSealer sealer,
      Predicate<Mailbox> full) {}

  /**
   * @param settings read anew for each connection
   * @param authentication read anew for each message; empty to check nobody
   * @param signer of what accounts and trusted networks send
   * @param sealer of what aliases lead elsewhere
   * @param full whether an account has no room left; asked at RCPT, must be cheap
   */
  public Intake(
      Supplier<IntakeSettings> settings,
      Directory directory,
      Resolver resolver,
      Store store,
      MailQueue queue,
      Time time,
      Supplier<Optional<Authentication>> authentication,
      MailSigner signer,
      MailSealer sealer,
      Predicate<Mailbox> full) {
    this.settings = settings;
    this.surroundings =
        new Surroundings(
            directory,
            resolver,
            store,
            queue,
            time,
            new SubmissionRate(time),
            new SubmissionRate(time),
            new Guesses(settings.get().unknownPerHour(), time),
            new Greylist(time),
            authentication,
            signer,
            sealer,
            full);
  }

  @Override
  public Conversation open(Session session) {
    return new IntakeConversation(settings.get(), surroundings, session);
  }
}
