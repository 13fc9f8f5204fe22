package org.thurn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.directory.Directory;
import org.thurn.directory.Resolution;
import org.thurn.directory.Resolution.Target;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Delivery;
import org.thurn.mailbox.DeliveryMark;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MailStore;
import org.thurn.mailbox.MailboxInfo;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.NewEmail;
import org.thurn.mailbox.SpecialUse;
import org.thurn.message.DeliveredTo;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Mailbox;
import org.thurn.queue.Agent;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Outcome;
import org.thurn.queue.Recipient;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.store.Body;
import org.thurn.store.Commit;
import org.thurn.store.StoreException;
import org.thurn.time.Time;

/**
 * Brings a message into the mailboxes of this server: all recipients' commits are made first and
 * then waited for, so that they share one sync (S2).
 */
public final class LocalDelivery implements Agent {
  private static final Flags JUNK = new Flags(0, List.of("$Junk"));

  private final MailStore mail;
  private final Directory directory;
  private final Time time;
  private final Supplier<DeliverySettings> settings;

  public LocalDelivery(
      MailStore mail, Directory directory, Time time, Supplier<DeliverySettings> settings) {
    this.mail = mail;
    this.directory = directory;
    this.time = time;
    this.settings = settings;
  }

  /** A delivery under way: what comes of it once it is durable. */
  private interface Landing {
    Outcome outcome();
  }

  @Override
  public List<Outcome> attempt(Attempt attempt) {
    List<Landing> landings = new ArrayList<>();
    for (Recipient recipient : attempt.recipients()) {
      landings.add(begin(attempt, recipient));
    }
    return landings.stream().map(LocalDelivery::landed).toList();
  }

  private static Outcome landed(Landing landing) {
    try {
      return landing.outcome();
    } catch (StoreException e) {
      return trouble(e);
    }
  }

  private Landing begin(Attempt attempt, Recipient recipient) {
    if (!(recipient.destination() instanceof Destination.Local(Mailbox account, String detail))) {
      throw new IllegalArgumentException("not a local recipient: " + recipient);
    }
    Envelope envelope = attempt.envelope();
    Optional<Outcome> refusal = refusal(envelope, attempt.body(), account);
    if (refusal.isPresent()) {
      return refusal::get;
    }
    DeliveryMark mark = new DeliveryMark(envelope.id(), account);
    Flags flags = envelope.junk() ? JUNK : Flags.NONE;
    NewEmail email = new NewEmail(prefix(envelope, account), flags, time.now(), new byte[0]);
    try {
      AccountMail mailboxes = mail.account(account);
      MailboxName place = envelope.junk() ? junk(mailboxes) : mailbox(detail);
      Commit<Delivery> commit = mailboxes.deliver(mark, place, attempt.body(), email);
      return () -> {
        commit.awaitDurable();
        return outcome(commit.value(), account, envelope);
      };
    } catch (StoreException e) {
      return () -> trouble(e);
    }
  }

  private Optional<Outcome> refusal(Envelope envelope, Body body, Mailbox account) {
    if (!exists(account)) {
      return Optional.of(failed("5.1.1", "the account is gone"));
    }
    if (!envelope.deliveredBefore()) {
      return Optional.empty();
    }
    try (InputStream in = body.open()) {
      Headers headers = Headers.read(in, MessageLimits.DEFAULT);
      return DeliveredTo.names(headers, account) ? Optional.of(loop(envelope)) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(deferred("4.3.0", "the message cannot be read: " + e.getMessage()));
    }
  }

  /**
   * It was in this mailbox once: an alias or a filter elsewhere sends it round. The dialogue
   * refuses it where it goes nowhere else. Where others got it, a sender who proved to be an
   * account here is told; any other is perhaps a forgery's victim, and the account has its copy
   * (decision 011).
   */
  private static Outcome loop(Envelope envelope) {
    String reason = "a mail loop: it was delivered here before";
    return envelope.submitter().isPresent()
        ? failed("5.4.6", reason)
        : new Outcome.Discarded(reason);
  }

  private boolean exists(Mailbox account) {
    return directory.resolve(account) instanceof Resolution.Found(List<Target> targets, String _)
        && targets.contains(new Target.Account(account, ""));
  }

  /** RFC 5321 §4.4: the final host notes the return path. */
  private static byte[] prefix(Envelope envelope, Mailbox account) {
    String lines = "Return-Path: <" + envelope.sender() + ">\r\n" + DeliveredTo.line(account);
    return lines.getBytes(UTF_8);
  }

  /** A mailbox that does not exist is INBOX, says {@code deliver}. */
  private MailboxName mailbox(String detail) {
    return settings.get().detailToMailbox()
        ? MailboxName.parse(detail).orElse(MailboxName.INBOX)
        : MailboxName.INBOX;
  }

  /** The keyword tells those who gave up their \\Junk, and programs that learn from it. */
  private static MailboxName junk(AccountMail mailboxes) {
    return mailboxes.mailboxes().stream()
        .filter(mailbox -> mailbox.specialUse().equals(Optional.of(SpecialUse.JUNK)))
        .map(MailboxInfo::name)
        .findFirst()
        .orElse(MailboxName.INBOX);
  }

  private Outcome outcome(Delivery delivery, Mailbox account, Envelope envelope) {
    return switch (delivery) {
      case Delivery.Stored(MailboxName mailbox, long uid) ->
          new Outcome.Stored(account, mailbox.text(), uid);
      case Delivery.AlreadyDelivered(MailboxName mailbox, long uid) ->
          new Outcome.Stored(account, mailbox.text(), uid);
      case Delivery.OverQuota() -> {
        boolean patient =
            time.now().isBefore(envelope.arrived().plus(settings.get().overQuotaPatience()));
        yield patient ? deferred("4.2.2", "mailbox full") : failed("5.2.2", "mailbox full");
      }
    };
  }

  private static Outcome trouble(StoreException e) {
    return e.kind() == StoreException.Kind.FULL
        ? deferred("4.3.1", "the store is full")
        : deferred("4.3.0", "the store: " + e.getMessage());
  }

  private static Outcome deferred(String status, String reason) {
    return new Outcome.Deferred(EnhancedStatus.of(status), reason, Optional.empty());
  }

  private static Outcome failed(String status, String reason) {
    return new Outcome.Failed(EnhancedStatus.of(status), reason, Optional.empty());
  }
}
