package org.thurn.transfer.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Recipient;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Verdict;
import org.thurn.tls.policy.Wish;
import org.thurn.transfer.intake.RecipientCheck.Leg;

/** One mail transaction as it grows: MAIL, then each RCPT that was taken (RFC 5321 §3.3). */
final class Transaction {
  private final QueueId id;
  private final ReversePath sender;
  private final MailParameters parameters;
  private final Optional<Verdict> senderRefusal;
  private final List<Rcpt> accepted = new ArrayList<>();
  private final List<Recipient> recipients = new ArrayList<>();
  private final Set<Destination> local = new HashSet<>();
  private final Set<Mailbox> remote = new HashSet<>();

  /** One RCPT command that was accepted, and where it leads. */
  private record Rcpt(Mailbox original, RcptParameters given, List<Leg> legs) {}

  /**
   * @param senderRefusal what every recipient but the role addresses is told
   */
  Transaction(
      QueueId id, ReversePath sender, MailParameters parameters, Optional<Verdict> senderRefusal) {
    this.id = id;
    this.sender = sender;
    this.parameters = parameters;
    this.senderRefusal = senderRefusal;
  }

  QueueId id() {
    return id;
  }

  ReversePath sender() {
    return sender;
  }

  Optional<Verdict> senderRefusal() {
    return senderRefusal;
  }

  boolean smtpUtf8() {
    return parameters.smtpUtf8();
  }

  /** Adds a recipient; a place that another one leads to already is not gone to twice. */
  void add(Mailbox original, RcptParameters given, List<Leg> legs) {
    accepted.add(new Rcpt(original, given, List.copyOf(legs)));
    for (Leg leg : legs) {
      boolean fresh =
          switch (leg.destination()) {
            case Destination.Local destination -> local.add(destination);
            case Destination.Remote _ -> remote.add(leg.address());
          };
      if (fresh) {
        recipients.add(
            new Recipient(
                recipients.size(),
                leg.address(),
                original,
                leg.destination(),
                given.notifyOn(),
                given.orcpt()));
      }
    }
  }

  /** How many places it goes to so far. */
  int targets() {
    return recipients.size();
  }

  /** How many RCPT commands were accepted: LMTP owes a verdict for each. */
  int accepted() {
    return accepted.size();
  }

  /** Which of the accepted RCPT commands, by their place, lead only where {@code at} is true. */
  BitSet leadingOnlyTo(Predicate<Destination> at) {
    BitSet places = new BitSet();
    for (int i = 0; i < accepted.size(); i++) {
      places.set(i, accepted.get(i).legs().stream().map(Leg::destination).allMatch(at));
    }
    return places;
  }

  /** As if these RCPT commands had been refused. */
  Transaction without(BitSet refused) {
    Transaction rest = new Transaction(id, sender, parameters, senderRefusal);
    for (int i = 0; i < accepted.size(); i++) {
      if (!refused.get(i)) {
        Rcpt rcpt = accepted.get(i);
        rest.add(rcpt.original(), rcpt.given(), rcpt.legs());
      }
    }
    return rest;
  }

  /** The recipient, if there is just one. */
  Optional<Mailbox> onlyRecipient() {
    return accepted.size() == 1 ? Optional.of(accepted.getFirst().original()) : Optional.empty();
  }

  /** Whether an alias of ours leads it elsewhere. */
  boolean forwards() {
    return recipients.stream().anyMatch(r -> isRemote(r) && !r.address().equals(r.original()));
  }

  /** Whether its client uses us to reach somebody elsewhere. */
  boolean relays() {
    return recipients.stream().anyMatch(r -> isRemote(r) && r.address().equals(r.original()));
  }

  private static boolean isRemote(Recipient recipient) {
    return recipient.destination() instanceof Destination.Remote;
  }

  /** Whether its client said that it has lines of any length and any octets (RFC 3030 §3). */
  boolean isBinary() {
    return parameters.body() == BodyType.BINARY_MIME;
  }

  /** Whether every recipient is local. */
  boolean staysHere() {
    return remote.isEmpty();
  }

  List<Recipient> recipients() {
    return List.copyOf(recipients);
  }

  /** RFC 8689 §5: who says REQUIRETLS means that, whatever the header says. */
  private Wish wish(boolean tlsNotRequired) {
    if (parameters.requireTls()) {
      return Wish.REQUIRED;
    }
    return tlsNotRequired ? Wish.NOT_REQUIRED : Wish.USUAL;
  }

  /**
   * What the queue keeps of it.
   *
   * @param utf8Header whether the header has octets above 127: then the next hop must know SMTPUTF8
   *     though the client did not say so (RFC 6531 §3.4)
   * @param tlsNotRequired whether the header says TLS-Required: No (RFC 8689 §4)
   */
  Envelope envelope(
      Optional<SessionId> session,
      Optional<Mailbox> submitter,
      Optional<String> messageId,
      boolean utf8Header,
      Instant arrived,
      boolean deliveredBefore,
      boolean junk,
      boolean tlsNotRequired) {
    return new Envelope(
        id,
        session,
        sender,
        submitter,
        messageId,
        parameters.ret(),
        parameters.envid(),
        parameters.body(),
        parameters.smtpUtf8() || utf8Header,
        arrived,
        deliveredBefore,
        junk,
        wish(tlsNotRequired));
  }
}
