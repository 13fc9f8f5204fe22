package org.thurn.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Record;

/**
 * The records that came by dynamic update, in a file, so that a server that stops does not forget
 * them. What an update removed of those that the tree was built with is back after a restart.
 */
final class LearnedRecords {
  private final Optional<Path> file;
  private final Set<Record> records = new LinkedHashSet<>();

  LearnedRecords(Optional<Path> file) {
    this.file = file;
  }

  /** The file's text, empty if there is none. */
  String text() throws IOException {
    return file.isPresent() && Files.exists(file.get()) ? Files.readString(file.get()) : "";
  }

  void add(Record record) {
    records.add(record);
  }

  /** Keeps the difference. */
  void changed(Set<Record> before, Set<Record> after) throws IOException {
    before.stream().filter(record -> !after.contains(record)).forEach(records::remove);
    after.stream().filter(record -> !before.contains(record)).forEach(records::add);
    if (file.isPresent()) {
      String text =
          records.stream().map(Record::toString).collect(Collectors.joining("\n", "", "\n"));
      Path fresh = file.get().resolveSibling(file.get().getFileName() + ".new");
      Files.write(fresh, text.getBytes(StandardCharsets.US_ASCII));
      Files.move(
          fresh, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
