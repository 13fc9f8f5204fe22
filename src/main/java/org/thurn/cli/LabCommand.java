package org.thurn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import org.thurn.lab.Lab;
import org.thurn.lab.LabSettings;
import org.thurn.lab.Programme;
import org.thurn.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "lab",
    description = {
      "Run several complete mail domains on this machine, without a network:",
      "to learn, test and rehearse."
    })
final class LabCommand implements Callable<Integer> {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "lab-state",
      description = "where everything is kept between runs (default: ${DEFAULT-VALUE})")
  private Path state = Path.of("lab-state");

  @Option(
      names = "--web-port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "the port of the page (default: ${DEFAULT-VALUE})")
  private int webPort;

  @Option(names = "--headless", description = "open no browser")
  private boolean headless;

  @Option(
      names = "--offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "move DNS and all ports of the domains by N")
  private int offset;

  @Option(
      names = "--zone",
      paramLabel = "FILE",
      description = "add records in master-file form to the lab's DNS; may be repeated")
  private List<Path> zones = new ArrayList<>();

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = {
        "play a scenario, print its outcome and stop;",
        "may be repeated; all plays all of them"
      })
  private List<String> scenarios = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    LabSettings settings;
    try {
      settings = new LabSettings(state.toAbsolutePath().normalize(), webPort, offset, zones);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
    List<String> wanted = scenarios();
    if (!wanted.isEmpty()) {
      return play(settings, wanted, out);
    }
    Signals signals = new Signals();
    try (Lab lab = Lab.start(settings, Time.system())) {
      out.println(lab.whereToLook());
      if (!headless) {
        Browser.open(lab.page());
      }
      signals.awaitStop();
      out.println("stopping");
    }
    return Exit.OK;
  }

  private List<String> scenarios() throws CommandFailure {
    List<String> names = Programme.names();
    if (scenarios.equals(List.of("all"))) {
      return names;
    }
    for (String name : scenarios) {
      if (!names.contains(name)) {
        throw new CommandFailure(
            Exit.USAGE,
            "no scenario is called " + name + "; there are " + String.join(", ", names));
      }
    }
    return scenarios;
  }

  private static int play(LabSettings settings, List<String> wanted, PrintWriter out)
      throws Exception {
    boolean kept = true;
    try (Lab lab = Lab.start(settings, Time.system())) {
      for (String name : wanted) {
        for (Programme.Told told : lab.programme().play(name)) {
          kept &= told.asPromised();
          out.println(told.text());
        }
      }
    }
    return kept ? Exit.OK : Exit.NO;
  }
}
