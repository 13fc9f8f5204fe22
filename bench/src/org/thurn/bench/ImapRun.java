package org.thurn.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocketFactory;
import org.thurn.bench.MailboxFigures.Access;
import org.thurn.bench.MailboxFigures.Idle;
import org.thurn.bench.MailboxFigures.When;

/** Measures a large mailbox, and many connections that wait. */
final class ImapRun {
  static final List<String> COMMANDS =
      List.of("SELECT INBOX", "FETCH 1:* (FLAGS)", "FETCH 1:* (ENVELOPE)");

  /** Sessions that nobody measures, before those that are warm. */
  private static final int WARM_UP = 20;

  private static final int WARM = 5;
  private static final int SETTLE_MILLIS = 2_000;

  /** Sessions that log in at one time. */
  private static final int LOGINS = 8;

  private final Mailful server;
  private final Options options;
  private final List<Access> accesses = new ArrayList<>();

  private ImapRun(Mailful server, Options options) {
    this.server = server;
    this.options = options;
  }

  static List<MailboxFigures> all(Stage stage, Options options) throws Exception {
    List<MailboxFigures> figures = new ArrayList<>();
    try (Mailful dovecot = new MailfulDovecot(stage, stage.place.folder("dovecot"))) {
      figures.add(new ImapRun(dovecot, options).measure());
    }
    try (Mailful thurn = new MailfulThurn(stage, stage.place.folder("thurn"))) {
      figures.add(new ImapRun(thurn, options).measure());
    }
    return figures;
  }

  private MailboxFigures measure() throws Exception {
    Run.say(server.name() + ": filling a mailbox");
    server.fill(options.mailbox());
    Run.say(server.name() + ": reading it");
    Group group = server.start();
    session(group, When.FIRST, true);
    server.end();
    group = server.start();
    session(group, When.RESTARTED, true);
    for (int i = 0; i < WARM_UP; i++) {
      session(group, When.WARM, false);
    }
    for (int i = 0; i < WARM; i++) {
      session(group, When.WARM, true);
    }
    server.end();
    Run.say(server.name() + ": idling");
    SSLSocketFactory tls = Imap.trusting(server.folder.resolve("certificate.pem"));
    List<Idle> idle = List.of(idle(Optional.empty()), idle(Optional.of(tls)));
    return new MailboxFigures(server.name(), options.mailbox(), accesses, idle);
  }

  private void session(Group group, When when, boolean measured) throws Exception {
    List<Access> seen = new ArrayList<>();
    Others others = Others.than(List.of(group, server.stage.driver));
    try (Imap imap = server.login(0, Optional.empty())) {
      for (String command : COMMANDS) {
        Cpu before = group.cpu();
        long begin = System.nanoTime();
        long lines = imap.command(command);
        double wall = (System.nanoTime() - begin) / 1e6;
        double cpu = group.cpu().minus(before).total();
        if (command.startsWith("FETCH") && lines < options.mailbox()) {
          throw new IllegalStateException(command + " showed " + lines + " messages");
        }
        seen.add(new Access(command, when, wall, cpu, 0));
      }
    }
    double cores = others.cores();
    if (measured) {
      seen.forEach(
          one -> accesses.add(new Access(one.command(), when, one.wall(), one.cpu(), cores)));
    }
  }

  private Idle idle(Optional<SSLSocketFactory> tls) throws Exception {
    Group group = server.start();
    Pause.millis(SETTLE_MILLIS);
    double before = group.memory();
    List<Imap> sessions = new ArrayList<>();
    try (ExecutorService logins = Executors.newFixedThreadPool(LOGINS)) {
      List<Future<Imap>> coming = new ArrayList<>();
      for (int i = 0; i < options.connections(); i++) {
        Callable<Imap> one = () -> idling(tls);
        coming.add(logins.submit(one));
      }
      for (Future<Imap> one : coming) {
        sessions.add(one.get());
      }
    }
    Pause.millis(SETTLE_MILLIS);
    double after = group.memory();
    server.collect(group);
    double collected = group.memory();
    for (Imap session : sessions) {
      session.close();
    }
    server.end();
    return new Idle(tls.isPresent(), options.connections(), before, after, collected);
  }

  private Imap idling(Optional<SSLSocketFactory> tls) throws Exception {
    Imap imap = server.login(1, tls);
    imap.command("SELECT INBOX");
    imap.idle();
    return imap;
  }
}
