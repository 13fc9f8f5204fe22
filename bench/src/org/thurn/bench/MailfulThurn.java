package org.thurn.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Thurn with a mailbox that was filled by APPEND. */
final class MailfulThurn extends Mailful {
  private static final int ACCOUNTS = 2;
  private static final int SESSIONS = 16;

  /** Commands that are on their way in one session. */
  private static final int AHEAD = 20;

  private final Thurn thurn;

  MailfulThurn(Stage stage, Path folder) throws Exception {
    super(stage, folder);
    thurn = Thurn.prepare(folder, stage.dns, ACCOUNTS, "");
  }

  @Override
  String name() {
    return "Thurn";
  }

  @Override
  void start(Group own) throws Exception {
    thurn.start(own, stage.launcher());
  }

  @Override
  void fill(int messages) throws Exception {
    start();
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        Callable<Boolean> session = () -> append(next, messages);
        ends.add(sessions.submit(session));
      }
      for (Future<Boolean> end : ends) {
        end.get();
      }
    }
    end();
  }

  private boolean append(AtomicInteger next, int messages) throws IOException {
    try (Imap imap = login(0, Optional.empty())) {
      int ahead = 0;
      for (int i = next.incrementAndGet(); i <= messages; i = next.incrementAndGet()) {
        String text = message(i, "\r\n");
        String tag = imap.send("APPEND INBOX (\\Seen) {%d+}\r\n%s".formatted(text.length(), text));
        if (++ahead == AHEAD) {
          imap.linesUntil(tag + " ");
          ahead = 0;
        }
      }
      imap.command("NOOP");
      return true;
    }
  }

  @Override
  void collect(Group own) throws Exception {
    Heap.collect(own);
  }

  @Override
  InetSocketAddress imap() {
    return thurn.imap();
  }

  @Override
  InetSocketAddress imaps() {
    return thurn.imaps();
  }
}
