package org.thurn.campaign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/** A process that leaves things half synced, by Java's hand and by RocksDB's. Argument: where. */
final class Wrote {
  private Wrote() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    write(root.resolve("synced"), "all of it", true);
    write(root.resolve("torn"), "head ", true);
    append(root.resolve("torn"), "tail");
    write(root.resolve("cut"), "longer than it will be", true);
    try (FileChannel channel = FileChannel.open(root.resolve("cut"), StandardOpenOption.WRITE)) {
      channel.truncate(6);
      channel.write(ByteBuffer.wrap(" again".getBytes(US_ASCII)), 6);
    }
    for (String name : new String[] {"removed", "renamed", "replaced", "gone"}) {
      write(root.resolve(name), name, true);
    }
    Files.delete(root.resolve("gone"));
    write(root.resolve("early"), "its name is synced, it is not", false);
    sync(root);
    write(root.resolve("nameless"), "it is synced, its name is not", true);
    Files.delete(root.resolve("removed"));
    Files.move(root.resolve("renamed"), root.resolve("new name"));
    write(root.resolve("other"), "other", true);
    Files.move(
        root.resolve("other"), root.resolve("replaced"), StandardCopyOption.REPLACE_EXISTING);
    Files.createDirectory(root.resolve("folder"));
    write(root.resolve("folder/inside"), "inside", true);
    rows(root.resolve("rows"));
  }

  private static void write(Path file, String text, boolean synced) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
      if (synced) {
        channel.force(false);
      }
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void rows(Path folder) throws Exception {
    try (Options options = new Options().setCreateIfMissing(true);
        WriteOptions synced = new WriteOptions().setSync(true);
        WriteOptions relaxed = new WriteOptions();
        RocksDB db = RocksDB.open(options, folder.toString())) {
      db.put(synced, "a".getBytes(US_ASCII), "synced".getBytes(US_ASCII));
      db.put(relaxed, "b".getBytes(US_ASCII), "not".getBytes(US_ASCII));
      Runtime.getRuntime().halt(0); // an open database, as a kill finds it
    }
  }
}
