package org.thurn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.server.MailServer;
import org.thurn.server.Shared;
import org.thurn.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "serve", description = "Run the mail server that thurn.toml describes.")
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "/etc/thurn/thurn.toml",
      description = "the settings (default: ${DEFAULT-VALUE})")
  private Path config = Path.of("/etc/thurn/thurn.toml");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Signals signals = new Signals();
    try (Shared shared = Shared.open();
        MailServer server = MailServer.start(config, shared, Time.system())) {
      signals.onReload(
          () -> {
            Outcome outcome = server.reload();
            (outcome.exit() == Exit.OK ? out : err).println(outcome.words());
          });
      out.println(server.greeting());
      signals.awaitStop();
      out.println("stopping: running transactions end first");
    }
    return Exit.OK;
  }
}
