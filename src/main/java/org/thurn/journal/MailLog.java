package org.thurn.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.thurn.journal.render.JsonEntry;
import org.thurn.journal.render.LogfmtEntry;
import org.thurn.journey.Entry;
import org.thurn.journey.Ids;
import org.thurn.journey.Recorder;
import org.thurn.time.Time;

/**
 * Appends a line for each entry to {@code mail.log}, within a second. When the file is renamed or
 * removed (logrotate) a new one is begun. The file is its owner's only: addresses stand in it.
 */
public final class MailLog implements Recorder, AutoCloseable {
  private static final int BUFFER = 32_768;
  private static final Duration GATHER = Duration.ofMillis(500);

  private final Path file;
  private final Function<Entry, String> line;
  private final EntryBuffer buffer;
  private @Nullable OutputStream out;
  private @Nullable Object fileKey;

  /** How a line looks; the keys are the same. */
  public enum Format {
    LOGFMT,
    JSON
  }

  /** Begins to write; the file is opened with the first line. */
  public MailLog(Path file, Format format, Time time, Ids ids) {
    this.file = file;
    line =
        switch (format) {
          case LOGFMT -> LogfmtEntry::line;
          case JSON -> JsonEntry::logLine;
        };
    buffer = new EntryBuffer("mail log", BUFFER, GATHER, time, ids, this::write);
    buffer.start();
  }

  @Override
  public void record(Entry entry) {
    buffer.record(entry);
  }

  private void write(List<Entry> batch) {
    StringBuilder lines = new StringBuilder(256 * batch.size());
    for (Entry entry : batch) {
      lines.append(line.apply(entry)).append('\n');
    }
    try {
      reopenIfMoved().write(lines.toString().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OutputStream reopenIfMoved() throws IOException {
    OutputStream open = out;
    if (open != null && fileKey != null && fileKey.equals(keyOfFile())) {
      return open;
    }
    if (open != null) {
      open.close();
    }
    if (Files.notExists(file)) {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
    }
    OutputStream fresh = Files.newOutputStream(file, StandardOpenOption.APPEND);
    out = fresh;
    fileKey = keyOfFile();
    return fresh;
  }

  private @Nullable Object keyOfFile() throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null; // moved away
    }
  }

  /** Writes what was noted before. */
  public void flush() {
    buffer.flush();
  }

  @Override
  public void close() {
    buffer.close();
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
