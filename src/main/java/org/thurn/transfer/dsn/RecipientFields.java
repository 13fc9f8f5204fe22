package org.thurn.transfer.dsn;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.message.DateTime;
import org.thurn.message.HeaderField;
import org.thurn.name.Mailbox;
import org.thurn.queue.Notifier.Happening;
import org.thurn.queue.Notifier.Kind;
import org.thurn.queue.Outcome;
import org.thurn.smtp.EnhancedStatus;

/** The fields of one recipient, RFC 3464 §2.3. */
final class RecipientFields {
  private RecipientFields() {}

  /**
   * The fields.
   *
   * @param now when the last attempt ended
   * @param retryUntil when the queue gives the message up
   */
  static List<HeaderField> of(Happening happening, Instant now, Instant retryUntil) {
    List<HeaderField> fields = new ArrayList<>();
    happening
        .recipient()
        .orcpt()
        .ifPresent(orcpt -> fields.add(HeaderField.of("Original-Recipient", clean(orcpt))));
    fields.add(HeaderField.of("Final-Recipient", typed(happening.recipient().address())));
    fields.add(HeaderField.of("Action", Owed.action(happening.kind())));
    fields.add(HeaderField.of("Status", status(happening).toString()));
    remoteHost(happening.outcome())
        .ifPresent(host -> fields.add(HeaderField.of("Remote-MTA", "dns; " + clean(host))));
    diagnostic(happening.outcome())
        .ifPresent(code -> fields.add(HeaderField.of("Diagnostic-Code", code)));
    fields.add(HeaderField.of("Last-Attempt-Date", date(now)));
    if (happening.kind() == Kind.DELAYED) {
      fields.add(HeaderField.of("Will-Retry-Until", date(retryUntil)));
    }
    return fields;
  }

  /** RFC 6533 §3: an address beyond ASCII is of type utf-8. */
  private static String typed(Mailbox address) {
    return (address.isAscii() ? "rfc822; " : "utf-8; ") + address;
  }

  /** RFC 3464 §2.3.4: the class must fit the action. */
  static EnhancedStatus status(Happening happening) {
    return switch (happening.kind()) {
      case FAILED -> failed(happening.outcome());
      // RFC 3463 §3.5: X.4.7, the message waited too long; a better reason stays
      case EXPIRED ->
          happening.outcome() instanceof Outcome.Deferred(var status, _, _)
              ? new EnhancedStatus(5, status.subject(), status.detail())
              : EnhancedStatus.of("5.4.7");
      case DELAYED ->
          happening.outcome() instanceof Outcome.Deferred(var status, _, _)
              ? status
              : EnhancedStatus.of("4.0.0");
      case DELIVERED, RELAYED -> EnhancedStatus.of("2.0.0");
    };
  }

  private static EnhancedStatus failed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(var status, _, _) -> status;
      case Outcome.Deferred(var status, _, _) ->
          new EnhancedStatus(5, status.subject(), status.detail());
      case Outcome.Stored _, Outcome.Relayed _, Outcome.Discarded _ -> EnhancedStatus.of("5.0.0");
    };
  }

  static Optional<String> remoteHost(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(_, _, var host) -> host;
      case Outcome.Deferred(_, _, var host) -> host;
      case Outcome.Relayed relayed -> Optional.of(relayed.host());
      case Outcome.Stored _, Outcome.Discarded _ -> Optional.empty();
    };
  }

  /** What was said, by the server or by us. */
  static String words(Outcome outcome) {
    return clean(
        switch (outcome) {
          case Outcome.Failed(_, String reason, _) -> reason;
          case Outcome.Deferred(_, String reason, _) -> reason;
          case Outcome.Relayed relayed -> relayed.reply();
          case Outcome.Stored _ -> "";
          case Outcome.Discarded(String reason) -> reason;
        });
  }

  /** RFC 3464 §2.3.6: the remote's words, as long as they are a reply; ours are for people. */
  private static Optional<String> diagnostic(Outcome outcome) {
    String words = words(outcome);
    return remoteHost(outcome).isPresent() && words.matches("[2-5][0-9]{2} .*")
        ? Optional.of("smtp; " + words)
        : Optional.empty();
  }

  /** RFC 5322 §3.3, in UTC. */
  static String date(Instant instant) {
    return DateTime.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** A stranger's text on one line. */
  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
