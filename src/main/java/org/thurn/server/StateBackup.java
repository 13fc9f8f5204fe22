package org.thurn.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.thurn.admin.StoreCommands;
import org.thurn.store.rocksdb.FileTree;

/**
 * Copies a state directory: the store at one durable moment, and whatever else lies there, such as
 * secrets and keys. Not the mail log, whose events the journal has, and not the control socket.
 */
final class StateBackup implements StoreCommands.Backup {
  private final Path state;
  private final StoreCopy store;

  /** Copies a store into a directory that it makes. */
  interface StoreCopy {
    /**
     * Until all of it is on the disk.
     *
     * @param octets hears how many more have been copied
     */
    void to(Path directory, LongConsumer octets) throws IOException;
  }

  StateBackup(Path state, StoreCopy store) {
    this.state = state;
    this.store = store;
  }

  @Override
  public Optional<String> refusal(Path target) throws IOException {
    Path parent = parentOf(target);
    if (!Files.isDirectory(parent)) {
      return Optional.of(target + " lies in no directory");
    }
    if (parent.toRealPath().startsWith(state.toRealPath())) {
      return Optional.of(target + " lies in the state directory");
    }
    return isFree(target) ? Optional.empty() : Optional.of(target + " is there and not empty");
  }

  /** The root's is itself: it is not empty. */
  private static Path parentOf(Path target) {
    Path parent = target.getParent();
    return parent == null ? target : parent;
  }

  private static boolean isFree(Path target) throws IOException {
    if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
      return !files.iterator().hasNext();
    }
  }

  /**
   * Makes the copy beside {@code target}, closed to others, and gives it that name once all of it
   * is on the disk: what has the name is whole.
   */
  @Override
  public void to(Path target, LongConsumer octets) throws IOException {
    Path parent = parentOf(target);
    Path partial = Files.createTempDirectory(parent, target.getFileName() + ".partial-");
    try {
      FileTree.copy(state, partial, this::isOther);
      store.to(StateFolder.storeIn(partial), octets);
      FileTree.sync(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      abandon(partial, e);
      throw e;
    }
    FileTree.sync(parent);
  }

  /** Whether it is copied as it lies there. */
  private boolean isOther(Path file) {
    return !file.equals(StateFolder.storeIn(state))
        && !file.getFileName().toString().startsWith(StateFolder.LOG);
  }

  private static void abandon(Path partial, Exception failure) {
    try {
      FileTree.remove(partial);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
