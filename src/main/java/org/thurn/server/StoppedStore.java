package org.thurn.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.thurn.admin.Answer;
import org.thurn.admin.Outcome;
import org.thurn.admin.StoreCommands;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksCheck;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;

/** The store of a state directory whose server does not run. */
public final class StoppedStore {
  private final Path state;

  public StoppedStore(Path state) {
    this.state = state;
  }

  /**
   * Looks at all of it, and writes nothing.
   *
   * @throws org.thurn.store.StoreException if a server has it open
   * @throws IOException if there is no store
   */
  public Outcome verify(JsonNode arguments, Answer to) throws IOException {
    try (RocksBudget budget = RocksBudget.small();
        RocksCheck check = RocksCheck.stopped(StateFolder.storeIn(state), budget)) {
      return commands(() -> check, (target, octets) -> {}).verify(arguments, to);
    }
  }

  /**
   * Copies the state. What a killed server left half done is ended first, as at a start.
   *
   * @param arguments {@code to} is where, an absolute path
   * @throws org.thurn.store.StoreException if a server has it open
   * @throws IOException if there is no store, or it cannot be copied
   */
  public Outcome backup(JsonNode arguments, Answer to) throws IOException {
    Path directory = StateFolder.storeIn(state);
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    RocksStoreSettings settings = StateFolder.open(state).store(0);
    try (RocksBudget budget = RocksBudget.small();
        RocksStore store = RocksStore.open(settings, budget, Time.system())) {
      return commands(store::check, store::backup).backup(arguments, to);
    }
  }

  private StoreCommands commands(Supplier<RocksCheck> check, StateBackup.StoreCopy copy) {
    return new StoreCommands(check, new StateBackup(state, copy), Time.system());
  }
}
