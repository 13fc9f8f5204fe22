package org.thurn.transfer.dsn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.name.Mailbox;
import org.thurn.queue.Notifier.Happening;
import org.thurn.queue.Notifier.Kind;
import org.thurn.smtp.EnhancedStatus;

/** The people's part: what happened, who said what, and what one can do. */
final class Explanation {
  private final DsnSettings settings;
  private final Instant retryUntil;

  Explanation(DsnSettings settings, Instant retryUntil) {
    this.settings = settings;
    this.retryUntil = retryUntil;
  }

  static String subject(Kind kind) {
    return switch (kind) {
      case FAILED, EXPIRED -> "Your message could not be delivered";
      case DELAYED -> "Your message is delayed";
      case DELIVERED -> "Your message was delivered";
      case RELAYED -> "Your message was passed on";
    };
  }

  String text(List<Happening> happenings, Optional<String> subject, Instant arrived) {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "This is the mail server "
            + settings.reportingMta().unicode()
            + ". It writes about your message"
            + subject.map(s -> "\n\n    " + s + "\n\n").orElse(" ")
            + "of "
            + RecipientFields.date(arrived)
            + ".");
    happenings.forEach(h -> paragraphs.add(paragraph(h)));
    paragraphs.add("This message was written by a program; nobody reads an answer to it.");
    return String.join("\n\n", paragraphs) + "\n";
  }

  private String paragraph(Happening happening) {
    Mailbox to = happening.recipient().original();
    Mailbox address = happening.recipient().address();
    String name = to.unicode() + (to.equals(address) ? "" : " (" + address.unicode() + ")");
    String said = said(happening);
    String advice =
        switch (happening.kind()) {
          case FAILED -> advice(RecipientFields.status(happening));
          case EXPIRED -> "You can send it again later, or reach the person in another way.";
          case DELAYED -> "You need not do anything.";
          case DELIVERED, RELAYED -> "";
        };
    return (name + "\n" + what(happening.kind()) + said + "\n\n" + advice).strip();
  }

  private String what(Kind kind) {
    return switch (kind) {
      case FAILED -> "The message could not be delivered.";
      case EXPIRED -> "The message could not be delivered in time. We stopped trying.";
      case DELAYED ->
          "The message was not delivered yet. We go on trying until\n"
              + RecipientFields.date(retryUntil)
              + ".";
      case DELIVERED -> "The message was put into the mailbox.";
      case RELAYED -> "The message was passed on. That server does not tell what becomes of it.";
    };
  }

  private static String said(Happening happening) {
    String words = RecipientFields.words(happening.outcome());
    if (words.isEmpty()) {
      return "";
    }
    String who =
        RecipientFields.remoteHost(happening.outcome())
            .map(RecipientFields::clean)
            .map(
                host ->
                    RecipientFields.isReply(words)
                        ? "The server " + host + " said:"
                        : "The reason, at the server " + host + ":")
            .orElse("The reason:");
    return "\n" + who + "\n\n    " + words;
  }

  /** By the status's subject, RFC 3463 §3. */
  private static String advice(EnhancedStatus status) {
    return switch (status.subject()) {
      case 1 -> "Please check the address for a spelling mistake.";
      case 2 ->
          status.detail() == 2
              ? "The mailbox is full. Please try again when there may be room in it."
              : "The mailbox takes no messages now. Please reach the person in another way.";
      case 3 ->
          status.detail() == 4
              ? "The message is too large. Please send a smaller one, or a link."
              : "Please show this message to your administrator.";
      case 4 -> "The domain's mail servers cannot be reached. Please check the address.";
      case 6 ->
          "The other server cannot take a message of this form. Plain text without\n"
              + "attachments, and an address of plain letters, may get through.";
      case 7 ->
          "The other server does not allow it. If you think that it should, please\n"
              + "show this message to the administrator there, by another way.";
      default -> "Please show this message to your administrator if you do not know why.";
    };
  }
}
