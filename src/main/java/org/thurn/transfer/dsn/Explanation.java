package org.thurn.transfer.dsn;

import java.time.Instant;
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
    StringBuilder text = new StringBuilder();
    text.append("This is the mail server ").append(settings.reportingMta().unicode());
    text.append(". It writes about your message\n");
    subject.ifPresent(s -> text.append("\n    ").append(s).append('\n'));
    text.append("\nof ").append(RecipientFields.date(arrived)).append(".\n");
    for (Happening happening : happenings) {
      text.append('\n').append(paragraph(happening));
    }
    text.append("\nThis message was written by a program; nobody reads an answer to it.\n");
    return text.toString();
  }

  private String paragraph(Happening happening) {
    Mailbox to = happening.recipient().original();
    Mailbox address = happening.recipient().address();
    String name = to.unicode() + (to.equals(address) ? "" : " (" + address.unicode() + ")");
    String said = said(happening);
    return switch (happening.kind()) {
      case FAILED ->
          name + "\nThe message could not be delivered.\n" + said + advice(happening) + '\n';
      case EXPIRED ->
          name
              + "\nThe message could not be delivered in time, and we stopped trying.\n"
              + said
              + "You can send it again later, or reach the person in another way.\n";
      case DELAYED ->
          name
              + "\nThe message was not delivered yet. We go on trying until\n"
              + RecipientFields.date(retryUntil)
              + "; you need not do anything.\n"
              + said;
      case DELIVERED -> name + "\nThe message was put into the mailbox.\n";
      case RELAYED ->
          name
              + "\nThe message was passed on to a server that does not tell when it is delivered.\n"
              + said;
    };
  }

  private static String said(Happening happening) {
    String words = RecipientFields.words(happening.outcome());
    if (words.isEmpty()) {
      return "";
    }
    return RecipientFields.remoteHost(happening.outcome())
        .map(
            host -> "The server " + RecipientFields.clean(host) + " said:\n\n    " + words + "\n\n")
        .orElse("The reason:\n\n    " + words + "\n\n");
  }

  /** By the status's subject, RFC 3463 §3. */
  private static String advice(Happening happening) {
    EnhancedStatus status = RecipientFields.status(happening);
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
          "The other server cannot take a message of this form. Plain text without attachments\n"
              + "and an address of plain letters may get through.";
      case 7 ->
          "The other server does not allow it. If you think that it should, please show this\n"
              + "message to the person's administrator, by another way.";
      default -> "Please show this message to your administrator if you do not know why.";
    };
  }
}
