package org.thurn.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.thurn.directory.DirectoryCheck;
import org.thurn.journal.JournalCheck;
import org.thurn.mailbox.MailboxCheck;
import org.thurn.queue.QueueCheck;
import org.thurn.store.RoomCheck;
import org.thurn.store.StoreException;
import org.thurn.store.rocksdb.RocksCheck;
import org.thurn.time.Time;
import org.thurn.tls.acme.CertificatesCheck;
import org.thurn.tls.mtasts.PolicyCacheCheck;
import org.thurn.transfer.reports.CountedCheck;
import org.thurn.transfer.reports.ReceivedCheck;
import org.thurn.transfer.signing.SigningKeysCheck;
import org.thurn.transfer.tlsreports.CountedSessionsCheck;
import org.thurn.transfer.tlsreports.OutboxCheck;
import org.thurn.transfer.tlsreports.ReceivedTlsCheck;
import tools.jackson.databind.JsonNode;

/** {@code thurn store}: what is done to the store as a whole. */
public final class StoreCommands {
  private final Supplier<RocksCheck> checks;
  private final Backup backup;
  private final Time time;

  /** Copies the whole state. */
  public interface Backup {
    /** Why {@code target}, an absolute path, cannot take the copy; empty if it can. */
    Optional<String> refusal(Path target) throws IOException;

    /**
     * Makes the copy; for a platform thread.
     *
     * @param octets hears how many more have been copied
     */
    void to(Path target, LongConsumer octets) throws IOException;
  }

  /**
   * @param checks makes a check of the store, to be closed
   */
  public StoreCommands(Supplier<RocksCheck> checks, Backup backup, Time time) {
    this.checks = checks;
    this.backup = backup;
    this.time = time;
  }

  /** One check for each kind of partition there is. */
  private static List<RoomCheck> rooms(Time time) {
    return List.of(
        new DirectoryCheck(),
        new QueueCheck(time.now()),
        new MailboxCheck(),
        new JournalCheck(),
        new CountedCheck(),
        new ReceivedCheck(),
        new CountedSessionsCheck(),
        new OutboxCheck(),
        new ReceivedTlsCheck(),
        new SigningKeysCheck(),
        new PolicyCacheCheck(),
        new CertificatesCheck());
  }

  /** Carries out {@code store-verify} and {@code store-backup}; empty for any other. */
  Optional<Outcome> handle(String command, JsonNode arguments, Answer to)
      throws IOException, InterruptedException {
    return switch (command) {
      case "store-verify" -> Optional.of(onOwnThread(() -> verify(arguments, to)));
      case "store-backup" -> Optional.of(onOwnThread(() -> backup(arguments, to)));
      default -> Optional.empty();
    };
  }

  private interface Work {
    Outcome run() throws IOException;
  }

  /** It takes minutes where there is much, and waits for the disk. */
  private static Outcome onOwnThread(Work work) throws IOException, InterruptedException {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("store-command")
        .start(
            () -> {
              try {
                outcome.complete(work.run());
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

  /**
   * Looks at every row, body and holder, on this thread: a platform one.
   *
   * @throws IOException if nobody listens any more: the check ends
   */
  public Outcome verify(JsonNode arguments, Answer to) throws IOException {
    VerifyAnswer answer = new VerifyAnswer(arguments, to, time);
    try (RocksCheck check = checks.get()) {
      check.run(rooms(time), arguments.path("quick").asBoolean(false), answer);
    } catch (Progress.GoneException e) {
      throw new IOException("nobody listens to the check any more", e);
    }
    return answer.outcome();
  }

  /** Copies the state, on this thread: a platform one. */
  public Outcome backup(JsonNode arguments, Answer to) throws IOException {
    Path target = Path.of(arguments.path("to").asString(""));
    if (!target.isAbsolute()) {
      return new Outcome(Exit.USAGE, "not an absolute path: " + target);
    }
    Optional<String> refusal = backup.refusal(target);
    if (refusal.isPresent()) {
      return Outcome.no(refusal.get());
    }
    Progress progress = new Progress(arguments, to, time);
    CopyProgress copied = new CopyProgress(progress);
    try {
      backup.to(target, copied);
    } catch (Progress.GoneException e) {
      throw new IOException("nobody listens to the backup any more", e);
    }
    return Outcome.ok("backup " + target + " made: " + copied.words());
  }
}
