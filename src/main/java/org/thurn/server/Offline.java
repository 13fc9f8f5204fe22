package org.thurn.server;

import java.io.IOException;
import java.nio.file.Path;
import org.thurn.admin.Answer;
import org.thurn.admin.DirectoryCommands;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.directory.StoreDirectory;
import org.thurn.journal.Journal;
import org.thurn.journal.JournalSettings;
import org.thurn.journal.MailLog;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.Recorders;
import org.thurn.store.Store;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;

/** A state directory whose server does not run: the directory can be changed all the same. */
public final class Offline implements AutoCloseable {
  private final Opened opened;
  private final StoreDirectory directory;

  private Offline(Opened opened, Path state) throws IOException {
    this.opened = opened;
    Time time = Time.system();
    StateFolder folder = StateFolder.open(state);
    RocksBudget budget = opened.keep(RocksBudget.small());
    Store store = opened.keep(RocksStore.open(folder.store(0), budget, time));
    Ids ids = new Ids(time);
    Journal journal = opened.keep(new Journal(store, JournalSettings.defaults(), time, ids));
    MailLog log = opened.keep(new MailLog(folder.log(), MailLog.Format.LOGFMT, time, ids));
    Journey journey = Journey.to(Recorders.all(journal, log), time, ids);
    this.directory = opened.keep(new StoreDirectory(store, time, journey));
  }

  /**
   * Opens the state, making it if it is new.
   *
   * @throws org.thurn.store.StoreException if a server has it open
   */
  public static Offline open(Path state) throws IOException {
    Opened opened = new Opened();
    try {
      return new Offline(opened, state);
    } catch (IOException | RuntimeException e) {
      opened.abandon(e);
      throw e;
    }
  }

  /** Carries out a command on the directory. */
  public Outcome handle(String author, String command, JsonNode arguments, Answer to)
      throws IOException {
    return new DirectoryCommands(directory)
        .handle(author, command, arguments, to)
        .orElseGet(() -> new Outcome(Exit.USAGE, "no command " + command));
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
