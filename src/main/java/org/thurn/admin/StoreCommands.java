package org.thurn.admin;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.thurn.directory.DirectoryCheck;
import org.thurn.journal.JournalCheck;
import org.thurn.mailbox.MailboxCheck;
import org.thurn.queue.QueueCheck;
import org.thurn.store.RoomCheck;
import org.thurn.store.StoreException;
import org.thurn.store.rocksdb.RocksCheck;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;

/** {@code thurn store}: what is done to the store as a whole. */
public final class StoreCommands {
  private final Supplier<RocksCheck> checks;
  private final Time time;

  /**
   * @param checks makes a check of the store, to be closed
   */
  public StoreCommands(Supplier<RocksCheck> checks, Time time) {
    this.checks = checks;
    this.time = time;
  }

  /** One check for each kind of partition there is. */
  private static List<RoomCheck> rooms(Time time) {
    return List.of(
        new DirectoryCheck(), new QueueCheck(time.now()), new MailboxCheck(), new JournalCheck());
  }

  /**
   * Looks at every row, body and holder. It takes minutes where there is much: on a thread of its
   * own, since it waits for the disk.
   *
   * @throws IOException if nobody listens any more: the check ends
   */
  Outcome verify(JsonNode arguments, Answer to) throws IOException, InterruptedException {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("store-verify")
        .start(
            () -> {
              try {
                outcome.complete(verifyHere(arguments, to));
              } catch (IOException | RuntimeException e) {
                outcome.completeExceptionally(e);
              }
            });
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case StoreException store ->
          throw new StoreException(store.kind(), String.valueOf(store.getMessage()), store);
      case IOException io -> new IOException(String.valueOf(io.getMessage()), io);
      case null, default -> throw new IllegalStateException(e);
    };
  }

  /** As the command over the socket, on this thread: a platform one. */
  public Outcome verifyHere(JsonNode arguments, Answer to) throws IOException {
    VerifyAnswer answer = new VerifyAnswer(arguments, to, time);
    try (RocksCheck check = checks.get()) {
      check.run(rooms(time), arguments.path("quick").asBoolean(false), answer);
    } catch (VerifyAnswer.GoneException e) {
      throw new IOException("nobody listens to the check any more", e);
    }
    return answer.outcome();
  }
}
