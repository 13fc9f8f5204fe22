package org.thurn.cli;

import java.util.concurrent.Callable;
import org.thurn.lab.Rehearsal;
import picocli.CommandLine.Command;

@Command(
    name = "rehearse",
    hidden = true,
    description = "Start a server, send it a message and stop: what the start-up cache is made of.")
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Signals unheard = new Signals(); // a server listens for them: its classes are wanted, too
    unheard.onReload(() -> {});
    return Rehearsal.run();
  }
}
