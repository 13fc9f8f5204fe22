package org.thurn.store.rocksdb;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's native library, 15 MB of a compressed jar. Where Thurn runs from its own jar, a copy is
 * kept beside it, in {@code native/} and the folder of RocksDB's version: the first start makes it,
 * all later ones load it where it lies. Whoever could change it there could change the jar itself.
 * Where that place cannot be written, each process copies it for itself.
 */
final class NativeLibrary {
  private static final String IN_JAR = Environment.getJniLibraryFileName("rocksdb");

  /** The name that {@link RocksDB#loadLibrary(List)} looks for, which is another. */
  private static final String FILE = Environment.getJniLibraryFileName("rocksdbjni");

  private NativeLibrary() {}

  /** Loads it unless this process has it. */
  static void load() {
    try {
      Optional<Path> folder = place(RocksBudget.class).flatMap(NativeLibrary::kept);
      if (folder.isPresent()) {
        RocksDB.loadLibrary(List.of(folder.get().toString()));
      } else {
        loadOnce();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot load RocksDB's native library", e);
    }
  }

  /** Beside the jar that the class came in; empty if it came from a folder of classes. */
  private static Optional<Path> place(Class<?> ours) {
    return jar(ours)
        .filter(jar -> jar.toString().endsWith(".jar"))
        .flatMap(
            jar ->
                jar(RocksDB.class)
                    .map(rocks -> jar.resolveSibling("native").resolve(version(rocks))));
  }

  /** As the jar's name tells it, such as {@code rocksdbjni-10.10.1.1}. */
  private static String version(Path jar) {
    return String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "");
  }

  private static Optional<Path> jar(Class<?> from) {
    @Nullable CodeSource source = from.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      URI location = source.getLocation().toURI();
      return location.getScheme().equals("file")
          ? Optional.of(Path.of(location).toAbsolutePath())
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty(); // a place that is no file: there is nothing beside it
    }
  }

  /** The folder with the copy, which is made if it lacks; empty if it cannot be made. */
  static Optional<Path> kept(Path folder) {
    Path library = folder.resolve(FILE);
    if (Files.isReadable(library)) {
      return Optional.of(folder);
    }
    try {
      Files.createDirectories(folder);
      Path copy = Files.createTempFile(folder, FILE, ".new"); // only its owner may write it
      try {
        copyTo(copy);
        // another process may have made it meanwhile: the same octets take its place, and what
        // that process has mapped stays
        Files.move(copy, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(copy);
      }
      return Optional.of(folder);
    } catch (IOException e) {
      return Optional.empty(); // such as a folder that only root may write
    }
  }

  /** Synced, so that no crash leaves a library under its name that is not whole. */
  private static void copyTo(Path file) throws IOException {
    try (InputStream in = RocksDB.class.getClassLoader().getResourceAsStream(IN_JAR);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (in == null) {
        throw new FileNotFoundException("RocksDB has no library for this machine: " + IN_JAR);
      }
      OutputStream out = Channels.newOutputStream(channel);
      in.transferTo(out);
      channel.force(true);
    }
  }

  /** Deleted as soon as it is mapped, it does not pile up when processes are killed. */
  private static void loadOnce() throws IOException {
    Path folder = Files.createTempDirectory("thurn-rocksdb");
    Path library = folder.resolve(FILE);
    try {
      copyTo(Files.createFile(library));
      RocksDB.loadLibrary(List.of(folder.toString()));
    } finally {
      Files.deleteIfExists(library);
      Files.delete(folder);
    }
  }
}
