package org.thurn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thurn.admin.Exit;
import org.thurn.lab.Lab;
import org.thurn.lab.LabSettings;
import org.thurn.lab.scenario.Outcome;
import org.thurn.lab.scenario.Scenario;
import org.thurn.lab.scenario.Scenarios;
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
        "play a scenario of sender authentication, print its outcome and stop;",
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
    List<Scenario> wanted = scenarios();
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

  private List<Scenario> scenarios() throws CommandFailure {
    if (scenarios.equals(List.of("all"))) {
      return Scenarios.all();
    }
    List<Scenario> wanted = new ArrayList<>();
    for (String name : scenarios) {
      wanted.add(
          Scenarios.named(name)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          Exit.USAGE, "no scenario is called " + name + "; there are " + names())));
    }
    return wanted;
  }

  private static String names() {
    return Scenarios.all().stream()
        .map(scenario -> scenario.about().name())
        .collect(Collectors.joining(", "));
  }

  private static int play(LabSettings settings, List<Scenario> wanted, PrintWriter out)
      throws Exception {
    boolean kept = true;
    try (Lab lab = Lab.start(settings, Time.system())) {
      for (Scenario scenario : wanted) {
        Outcome outcome = lab.director().play(scenario);
        kept &= outcome.asPromised();
        out.printf(
            "%s: %s%s: %s%n",
            scenario.about().name(),
            outcome.verdict().words(),
            outcome.asPromised() ? "" : " (promised: " + scenario.about().expected().words() + ")",
            outcome.reason());
      }
    }
    return kept ? Exit.OK : Exit.NO;
  }
}
