package org.thurn.server;

import java.io.IOException;
import java.nio.file.Path;
import org.thurn.admin.Answer;
import org.thurn.admin.DirectoryCommands;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.directory.StoreDirectory;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.store.Store;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;

/** A state directory whose server does not run: the directory can be changed all the same. */
public final class Offline implements AutoCloseable {
  private final RocksBudget budget;
  private final Store store;
  private final StoreDirectory directory;

  private Offline(RocksBudget budget, Store store, StoreDirectory directory) {
    this.budget = budget;
    this.store = store;
    this.directory = directory;
  }

  /**
   * Opens the state, making it if it is new.
   *
   * @throws org.thurn.store.StoreException if a server has it open
   */
  public static Offline open(Path state) throws IOException {
    Time time = Time.system();
    RocksBudget budget = RocksBudget.small();
    Store store = RocksStore.open(StateFolder.open(state).store(), budget, time);
    // nobody traces a server that does not run: the change itself is durable, its event is not kept
    Journey journey = Journey.to(entry -> {}, time, new Ids(time));
    return new Offline(budget, store, new StoreDirectory(store, time, journey));
  }

  /** Carries out a command on the directory. */
  public Outcome handle(String author, String command, JsonNode arguments, Answer to)
      throws IOException {
    return new DirectoryCommands(directory)
        .handle(author, command, arguments, to)
        .orElseGet(() -> new Outcome(Exit.USAGE, "no command " + command));
  }

  @Override
  public void close() {
    directory.close();
    store.close();
    budget.close();
  }
}
