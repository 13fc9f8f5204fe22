package org.thurn.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Folders that outlive a power cut. A name is on the disk only when the folder that it stands in is
 * synced: without that a whole store may be gone, whatever was synced inside it.
 */
public final class Folders {
  private Folders() {}

  /** Makes a folder and what lacks above it, and syncs their names. */
  public static void make(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(folder)) {
      make(parent);
      Files.createDirectories(folder);
    }
    syncName(parent);
  }

  /** Also of a folder that was there: whoever made it may have been killed before the sync. */
  private static void syncName(@Nullable Path parent) throws IOException {
    // one that we may not read cannot be synced; what is below it was hardly made by us
    if (parent != null && Files.isReadable(parent)) {
      sync(parent);
    }
  }

  /** Syncs the names in a folder. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
