package org.thurn.directory;

import java.io.UncheckedIOException;
import java.time.DateTimeException;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** Rows of the directory as they may stand on a damaged disk. */
public final class FuzzedDirectoryRows {
  private FuzzedDirectoryRows() {}

  public static FuzzTarget all() {
    return Choice.of(
        row(FuzzedDirectoryRows::settings),
        row(FuzzedDirectoryRows::account),
        row(FuzzedDirectoryRows::alias));
  }

  /** A row that cannot be read is a bug or damage: unchecked, but never more than that. */
  private static FuzzTarget row(FuzzTarget target) {
    return octets -> {
      try {
        target.take(octets);
      } catch (IllegalStateException
          | IllegalArgumentException
          | DateTimeException
          | UncheckedIOException e) {
        Promise.holds(e.getMessage() != null, () -> "damaged without words: " + e);
      }
    };
  }

  private static void settings(byte[] octets) {
    DomainSettings settings = DirectoryRows.settings(octets);
    Promise.same(settings, DirectoryRows.settings(DirectoryRows.write(settings)), "the settings");
  }

  private static void account(byte[] octets) {
    StoredAccount account = DirectoryRows.account(octets);
    StoredAccount again = DirectoryRows.account(DirectoryRows.write(account));
    Promise.same(account.account(), again.account(), "the account");
  }

  private static void alias(byte[] octets) {
    Alias alias = DirectoryRows.alias(octets);
    Promise.same(alias, DirectoryRows.alias(DirectoryRows.write(alias)), "the alias");
  }
}
