package org.thurn.transfer.submission;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.thurn.journey.QueueId;
import org.thurn.message.Address;
import org.thurn.message.AddressList;
import org.thurn.message.DateTime;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.smtp.Verdict;

/**
 * What submission does to a header, RFC 6409 §8: it must name only its account as author, gets the
 * Date and Message-ID that it lacks, and loses Bcc (RFC 5322 §3.6.3).
 */
public final class SubmittedHeader {
  private static final List<String> AUTHORS =
      List.of("From", "Sender", "Resent-From", "Resent-Sender");

  private static final List<String> DROPPED = List.of("Bcc", "Resent-Bcc", "Return-Path");

  /** The header to send on, or why it is refused. */
  public sealed interface Result {
    record Good(Headers headers) implements Result {}

    record Refused(Verdict verdict) implements Result {}
  }

  private final Domain hostname;
  private final Predicate<Mailbox> own;

  /**
   * @param own whether the account may name an address as author
   */
  public SubmittedHeader(Domain hostname, Predicate<Mailbox> own) {
    this.hostname = hostname;
    this.own = own;
  }

  /** Judges and completes the header. */
  public Result complete(Headers headers, QueueId id, Instant now) {
    Optional<Verdict> refusal = refusal(headers);
    return refusal.isPresent()
        ? new Result.Refused(refusal.get())
        : new Result.Good(completed(headers, id, now));
  }

  private Optional<Verdict> refusal(Headers headers) {
    // RFC 5322 §3.6: exactly one; a second one is a way to show what the first does not say
    if (headers.count("From") != 1 || headers.count("Sender") > 1) {
      return Optional.of(
          Verdict.reject(
              554,
              "5.6.0",
              "A message has one From field",
              headers.count("From") + " From, " + headers.count("Sender") + " Sender fields"));
    }
    for (String name : AUTHORS) {
      for (HeaderField field : headers.all(name)) {
        Optional<Verdict> refusal = refusal(name, AddressList.parse(field));
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict> refusal(String name, AddressList list) {
    List<Address.Single> addresses = list.mailboxes();
    if (addresses.isEmpty() || !list.wellFormed()) {
      return Optional.of(
          Verdict.reject(
              554, "5.6.0", "The " + name + " field is malformed", name + " cannot be parsed"));
    }
    for (Address.Single address : addresses) {
      if (address.mailbox().filter(own).isEmpty()) {
        return Optional.of(
            Verdict.reject(
                550,
                "5.7.1",
                "The " + name + " address does not belong to your account",
                name + " " + address.local() + "@" + address.domain()));
      }
    }
    return Optional.empty();
  }

  private Headers completed(Headers headers, QueueId id, Instant now) {
    Headers kept = headers;
    for (String name : DROPPED) {
      kept = kept.without(name);
    }
    List<HeaderField> added = new ArrayList<>();
    if (headers.count("Date") == 0) {
      added.add(HeaderField.of("Date", DateTime.format(now.atOffset(ZoneOffset.UTC))));
    }
    if (headers.count("Message-ID") == 0) {
      added.add(HeaderField.of("Message-ID", "<" + id + "@" + hostname.ascii() + ">"));
    }
    // On top: a header without its empty line has no end to append to.
    return kept.prepend(added.toArray(HeaderField[]::new));
  }
}
