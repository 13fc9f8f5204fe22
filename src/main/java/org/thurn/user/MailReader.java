package org.thurn.user;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Content;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.SystemFlag;
import org.thurn.mailbox.UidSet;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimePart;
import org.thurn.message.MimeTree;

/** Shows an account's mailboxes and messages as text for a terminal; changes nothing, no flag. */
public final class MailReader {
  private static final int MAX_LISTED = 10_000;
  private static final int MAX_TEXT = 4 << 20;
  private static final List<String> SHOWN = List.of("Date", "From", "To", "Cc", "Subject");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AccountMail mail;

  public MailReader(AccountMail mail) {
    this.mail = mail;
  }

  /** One line of a listing. */
  public record Line(
      long uid, boolean seen, String date, long octets, String from, String subject) {
    /** For a terminal; N marks what nobody has read. */
    public String text() {
      return "%s %6d  %s  %8d  %-30.30s  %s"
          .formatted(seen ? " " : "N", uid, date, octets, from, subject);
    }
  }

  /** The messages of a mailbox, oldest first, 10,000 at the most; empty if there is no mailbox. */
  public Optional<List<Line>> list(MailboxName mailbox) throws IOException {
    Optional<MailboxId> id = mail.find(mailbox);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    List<Line> lines = new ArrayList<>();
    for (MessageRow row : mail.messages(id.get(), UidSet.ALL, MAX_LISTED)) {
      lines.add(line(row));
    }
    return Optional.of(lines);
  }

  private Line line(MessageRow row) throws IOException {
    Headers headers = Headers.of(List.of());
    Optional<Content> content = mail.content(row);
    if (content.isPresent()) {
      try (InputStream in = content.get().open()) {
        headers = Headers.read(in, MessageLimits.DEFAULT);
      }
    }
    return new Line(
        row.uid(),
        row.flags().has(SystemFlag.SEEN),
        DATE.format(row.internalDate()),
        row.size(),
        decoded(headers, "From"),
        decoded(headers, "Subject"));
  }

  /** The octets of one message. */
  public Optional<Content> content(MailboxName mailbox, long uid) {
    return mail.find(mailbox)
        .flatMap(id -> mail.messages(id, UidSet.of(uid), 1).stream().findFirst())
        .flatMap(mail::content);
  }

  /**
   * One message as text: its header fields, all of them where {@code allHeaders}, and its first
   * text part decoded.
   */
  public Optional<String> read(MailboxName mailbox, long uid, boolean allHeaders)
      throws IOException {
    Optional<Content> found = content(mailbox, uid);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Content content = found.get();
    MimeTree tree;
    try (InputStream in = content.open()) {
      tree = MimeParser.parse(in, MessageLimits.DEFAULT);
    }
    StringBuilder text = new StringBuilder();
    Headers headers = tree.root().headers();
    if (allHeaders) {
      text.append(new String(headers.toByteArray(), StandardCharsets.UTF_8).stripTrailing());
      text.append('\n');
    } else {
      SHOWN.stream()
          .filter(name -> headers.first(name).isPresent())
          .forEach(
              name -> text.append(name).append(": ").append(decoded(headers, name)).append('\n'));
    }
    text.append('\n');
    Optional<MimePart> part = firstText(tree.root());
    if (part.isPresent()) {
      text.append(part.get().text(content::open, MAX_TEXT));
    } else {
      text.append("(no text part)");
    }
    return Optional.of(shown(text.toString()));
  }

  private static Optional<MimePart> firstText(MimePart part) {
    return switch (part) {
      case MimePart.Leaf leaf ->
          leaf.contentType().type().equalsIgnoreCase("text") ? Optional.of(part) : Optional.empty();
      case MimePart.Multipart multipart ->
          multipart.parts().stream().flatMap(child -> firstText(child).stream()).findFirst();
      case MimePart.Embedded _ -> Optional.empty();
    };
  }

  private static String decoded(Headers headers, String name) {
    return headers.first(name).map(field -> printable(field.decoded())).orElse("");
  }

  /** A terminal obeys control characters; a stranger's mail shall not speak to it. */
  private static String printable(String text) {
    return text.strip().replaceAll("\\p{Cc}", "\uFFFD");
  }

  /** The same for a whole text, whose lines and tabs stay. */
  private static String shown(String text) {
    return text.replace("\r\n", "\n").stripTrailing().replaceAll("[\\p{Cc}&&[^\n\t]]", "\uFFFD");
  }
}
