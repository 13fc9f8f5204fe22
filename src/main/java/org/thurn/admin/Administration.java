package org.thurn.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.thurn.directory.StoreDirectory;
import org.thurn.journal.Journal;
import org.thurn.mailbox.MailStore;
import org.thurn.queue.MailQueue;
import org.thurn.user.MailWriter;
import tools.jackson.databind.JsonNode;

/** Carries out every command that comes over the control socket. */
public final class Administration implements CommandHandler {
  /** What only the assembly can do. */
  public interface Server {
    /** Reads the settings again; the words say what changed. */
    Outcome reload();

    /** Facts about the running server, a line each. */
    List<String> status();
  }

  private final Server server;
  private final DirectoryCommands directory;
  private final QueueCommands queue;
  private final MailCommands mail;
  private final TraceCommands trace;

  public Administration(
      Server server,
      StoreDirectory directory,
      MailQueue queue,
      MailStore mail,
      MailWriter writer,
      Journal journal) {
    this.server = server;
    this.directory = new DirectoryCommands(directory);
    this.queue = new QueueCommands(queue);
    this.mail = new MailCommands(directory, mail, writer);
    this.trace = new TraceCommands(journal);
  }

  @Override
  public Outcome handle(
      String author, String command, JsonNode arguments, InputStream input, Answer to)
      throws IOException {
    return switch (command) {
      case "trace" -> trace.trace(arguments, to);
      case "queue-list" -> queue.list(arguments, to);
      case "queue-change" -> queue.change(author, arguments);
      case "ledger" -> queue.ledger(arguments, to);
      case "mail-send" -> mail.send(arguments, input);
      case "mail-read" -> mail.read(arguments, to);
      case "reload" -> server.reload();
      case "status" -> status(to);
      default -> {
        Optional<Outcome> outcome = directory.handle(author, command, arguments, to);
        yield outcome.orElseGet(() -> new Outcome(Exit.USAGE, "no command " + command));
      }
    };
  }

  private Outcome status(Answer to) throws IOException {
    for (String line : server.status()) {
      to.text(line);
    }
    return Outcome.ok("");
  }
}
