package org.thurn.access.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapInput;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.mailbox.Append;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.NewEmail;
import org.thurn.mailbox.Quota;
import org.thurn.mailbox.Usage;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.StoreException;

/** APPEND (RFC 9051 §6.3.12). What can be refused is refused before the message is sent. */
final class AppendCommand {
  private AppendCommand() {}

  static Completion append(ImapSession session, ImapCommand.Append command)
      throws IOException, ImapSyntaxException {
    Optional<MailboxId> mailbox = session.find(command.mailbox());
    Optional<Completion> refusal = refusal(session, mailbox, command.message().size());
    if (refusal.isPresent()) {
      refuse(session, command);
      return refusal.get();
    }
    Staging staging;
    try {
      staging = session.server().store().stage(command.message().size());
    } catch (StoreException e) {
      refuse(session, command);
      throw e; // the dialogue says that the store does not answer
    }
    try (Staged message = receive(session, command.message(), staging)) {
      if (session.input().peek() >= 0) {
        throw new ImapSyntaxException("One message in an APPEND");
      }
      NewEmail email =
          NewEmail.of(
              command.flags(), command.date().orElseGet(() -> session.server().time().now()));
      return store(session, command, mailbox.orElseThrow(), message, email);
    }
  }

  private static void refuse(ImapSession session, ImapCommand.Append command)
      throws IOException, ImapSyntaxException {
    session.input().swallow(command.message());
    if (!command.message().synchronizing()) {
      session.input().goOn();
    }
  }

  private static Optional<Completion> refusal(
      ImapSession session, Optional<MailboxId> mailbox, long size) {
    if (mailbox.isEmpty()) {
      return Optional.of(Completion.tryCreate());
    }
    if (size > session.server().settings().appendLimit()) {
      return Optional.of(Completion.no("TOOBIG", "The message is too big"));
    }
    if (size == 0) {
      return Optional.of(Completion.no("", "A message of no octets")); // RFC 3502 §6.3.11
    }
    Quota quota = session.mail().quota();
    Usage usage = session.mail().usage();
    boolean full = usage.messages() >= quota.messages() || size > quota.bytes() - usage.bytes();
    return full ? Optional.of(Completion.overQuota()) : Optional.empty();
  }

  private static Staged receive(
      ImapSession session, ImapInput.Literal literal, Staging staging)
      throws IOException, ImapSyntaxException {
    try (staging;
        InputStream message = session.input().stream(literal)) {
      message.transferTo(staging);
      session.input().goOn();
      return staging.finish();
    } catch (StoreException e) {
      // the rest of the literal is still on the wire and must not be taken for commands
      throw new IOException("the message cannot be stored", e);
    }
  }

  private static Completion store(
      ImapSession session,
      ImapCommand.Append command,
      MailboxId mailbox,
      Staged message,
      NewEmail email) {
    return switch (session.mail().append(mailbox, message, email)) {
      case Append.Stored(long uidValidity, long uid, var id) -> {
        session.name(command.mailbox()).ifPresent(name -> session.changed(name, "append", 1));
        yield Completion.ok("APPENDUID " + uidValidity + ' ' + uid, "Completed");
      }
      case Append.NoMailbox() -> Completion.tryCreate();
      case Append.OverQuota() -> Completion.overQuota();
    };
  }
}
