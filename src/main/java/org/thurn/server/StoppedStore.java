package org.thurn.server;

import java.io.IOException;
import java.nio.file.Path;
import org.thurn.admin.Answer;
import org.thurn.admin.Outcome;
import org.thurn.admin.StoreCommands;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksCheck;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;

/** The store of a state directory whose server does not run; nothing of it is written. */
public final class StoppedStore {
  private final Path state;

  public StoppedStore(Path state) {
    this.state = state;
  }

  /**
   * Looks at all of it.
   *
   * @throws org.thurn.store.StoreException if a server has it open
   * @throws IOException if there is no store
   */
  public Outcome verify(JsonNode arguments, Answer to) throws IOException {
    try (RocksBudget budget = RocksBudget.small();
        RocksCheck check = RocksCheck.stopped(StateFolder.storeIn(state), budget)) {
      return new StoreCommands(() -> check, Time.system()).verifyHere(arguments, to);
    }
  }
}
