package org.thurn.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.directory.StoreDirectory;
import org.thurn.mailbox.MailStore;
import org.thurn.mailbox.MailboxName;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.queue.Submitter;
import org.thurn.smtp.Verdict;
import org.thurn.user.MailReader;
import org.thurn.user.MailWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code thurn mail} and {@code thurn mail read}. */
final class MailCommands {
  private static final int MAX_BODY = 26 << 20;

  private final StoreDirectory directory;
  private final MailStore mail;
  private final MailWriter writer;

  MailCommands(StoreDirectory directory, MailStore mail, MailWriter writer) {
    this.directory = directory;
    this.mail = mail;
    this.writer = writer;
  }

  Outcome send(JsonNode arguments, InputStream input) throws IOException {
    try {
      Mailbox account = Mailbox.parse(arguments.path("as").asString(""));
      List<Mailbox> recipients = new ArrayList<>();
      for (JsonNode recipient : arguments.path("to")) {
        recipients.add(Mailbox.parse(recipient.asString()));
      }
      if (directory.account(account).isEmpty()) {
        return Outcome.no("there is no account " + account);
      }
      String subject = arguments.path("subject").asString("");
      Submitter.Result result =
          writer.send(account, subject, recipients, input.readNBytes(MAX_BODY));
      return switch (result.verdict()) {
        case Verdict.Accept _ -> Outcome.ok(result.id().map(id -> "queued as " + id).orElse(""));
        case Verdict.Defer(var reply, _) -> new Outcome(Exit.TEMPORARY, reply.toString());
        case Verdict.Reject(var reply, _) -> Outcome.no(reply.toString());
      };
    } catch (NameSyntaxException e) {
      return Outcome.of(Exit.USAGE, e);
    } catch (MailWriter.NotTextException e) {
      return Outcome.of(Exit.DATA, e);
    }
  }

  Outcome read(JsonNode arguments, Answer to) throws IOException {
    Mailbox account;
    try {
      account = Mailbox.parse(arguments.path("as").asString(""));
    } catch (NameSyntaxException e) {
      return Outcome.of(Exit.USAGE, e);
    }
    String name = arguments.path("mailbox").asString("INBOX");
    Optional<MailboxName> mailbox = MailboxName.parse(name);
    if (directory.account(account).isEmpty()) {
      return Outcome.no("there is no account " + account);
    }
    MailReader reader = new MailReader(mail.account(account));
    long uid = arguments.path("uid").asLong(0);
    return mailbox.isEmpty()
        ? Outcome.no("no mailbox can be called " + name)
        : uid == 0
            ? list(reader, mailbox.get(), arguments, to)
            : show(reader, mailbox.get(), uid, arguments, to);
  }

  private static Outcome list(MailReader reader, MailboxName mailbox, JsonNode arguments, Answer to)
      throws IOException {
    Optional<List<MailReader.Line>> lines = reader.list(mailbox);
    if (lines.isEmpty()) {
      return Outcome.no("there is no mailbox " + mailbox);
    }
    for (MailReader.Line line : lines.get()) {
      DirectoryCommands.show(
          arguments,
          to,
          JsonNodeFactory.instance
              .objectNode()
              .put("uid", line.uid())
              .put("seen", line.seen())
              .put("date", line.date())
              .put("octets", line.octets())
              .put("from", line.from())
              .put("subject", line.subject()),
          line.text());
    }
    return lines.get().isEmpty() ? Outcome.no(mailbox + " is empty") : Outcome.ok("");
  }

  private static Outcome show(
      MailReader reader, MailboxName mailbox, long uid, JsonNode arguments, Answer to)
      throws IOException {
    boolean headers = arguments.path("headers").asBoolean(false);
    Optional<String> text = reader.read(mailbox, uid, headers);
    if (text.isEmpty()) {
      return Outcome.no("there is no message " + uid + " in " + mailbox);
    }
    DirectoryCommands.show(
        arguments,
        to,
        JsonNodeFactory.instance.objectNode().put("uid", uid).put("text", text.get()),
        text.get());
    return Outcome.ok("");
  }
}
