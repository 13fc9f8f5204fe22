package org.thurn.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.thurn.directory.StoreDirectory;
import org.thurn.journal.Journal;
import org.thurn.mailbox.MailStore;
import org.thurn.queue.MailQueue;
import org.thurn.user.MailWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Carries out every command that comes over the control socket. */
public final class Administration implements CommandHandler {
  /** What only the assembly can do. */
  public interface Server {
    /** Reads the settings again; the words say what changed. */
    Outcome reload();

    /** Facts about the running server. */
    Status status();
  }

  private final Server server;
  private final DirectoryCommands directory;
  private final QueueCommands queue;
  private final MailCommands mail;
  private final TraceCommands trace;
  private final StoreCommands store;
  private final DkimCommands dkim;
  private final DomainRecords records;
  private final ReportCommands reports;
  private final TlsReportCommands tlsReports;
  private final CertificateCommands certificates;

  public Administration(
      Server server,
      StoreDirectory directory,
      MailQueue queue,
      MailStore mail,
      MailWriter writer,
      Journal journal,
      StoreCommands store,
      ReportCommands reports,
      TlsReportCommands tlsReports,
      DkimCommands dkim,
      DomainRecords records,
      CertificateCommands certificates) {
    this.server = server;
    this.directory = new DirectoryCommands(directory);
    this.queue = new QueueCommands(queue);
    this.mail = new MailCommands(directory, mail, writer);
    this.trace = new TraceCommands(journal);
    this.store = store;
    this.dkim = dkim;
    this.records = records;
    this.reports = reports;
    this.tlsReports = tlsReports;
    this.certificates = certificates;
  }

  @Override
  public Outcome handle(
      String author, String command, JsonNode arguments, InputStream input, Answer to)
      throws IOException, InterruptedException {
    return switch (command) {
      case "trace" -> trace.trace(arguments, to);
      case "queue-list" -> queue.list(arguments, to);
      case "queue-change" -> queue.change(author, arguments);
      case "ledger" -> queue.ledger(arguments, to);
      case "mail-send" -> mail.send(arguments, input);
      case "mail-read" -> mail.read(arguments, to);
      case "reload" -> server.reload();
      case "status" -> status(arguments, to);
      default -> {
        Optional<Outcome> outcome = directory.handle(author, command, arguments, to);
        if (outcome.isEmpty()) {
          outcome = records.handle(command, arguments, to);
        }
        if (outcome.isEmpty()) {
          outcome = store.handle(command, arguments, to);
        }
        if (outcome.isEmpty()) {
          outcome = reports.handle(command, arguments, to);
        }
        if (outcome.isEmpty()) {
          outcome = tlsReports.handle(command, arguments, to);
        }
        if (outcome.isEmpty()) {
          outcome = dkim.handle(author, command, arguments, to);
        }
        if (outcome.isEmpty()) {
          outcome = certificates.handle(command, arguments, to);
        }
        yield outcome.orElseGet(() -> new Outcome(Exit.USAGE, "no command " + command));
      }
    };
  }

  private Outcome status(JsonNode arguments, Answer to) throws IOException {
    Status status = server.status();
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.put("hostname", status.hostname());
    item.put("state", status.state());
    item.put("pid", status.pid());
    item.put("seconds", status.up().toSeconds());
    ArrayNode listeners = item.putArray("listeners");
    StringBuilder text =
        new StringBuilder(
            """
            hostname  %s
            state     %s
            pid       %d
            up        %d s"""
                .formatted(
                    status.hostname(), status.state(), status.pid(), status.up().toSeconds()));
    for (Status.Listening listening : status.listeners()) {
      listeners
          .addObject()
          .put("protocol", listening.protocol())
          .put("address", listening.address())
          .put("port", listening.port())
          .put("tls", listening.tls())
          .put("connections", listening.connections());
      text.append(
          "\nlistens   %-32s tls=%-9s connections=%d"
              .formatted(listening.where(), listening.tls(), listening.connections()));
    }
    ArrayNode warnings = item.putArray("warnings");
    for (String warning : status.warnings()) {
      warnings.add(warning);
      text.append("\nwarning   ").append(warning);
    }
    DirectoryCommands.show(arguments, to, item, text.toString());
    return Outcome.ok("");
  }
}
