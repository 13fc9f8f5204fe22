package org.thurn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** A command that looks at messages, and says one JSON object of each, in their order. */
abstract class MessagesCommand implements Callable<Integer> {
  @Mixin private SceneOptions options = new SceneOptions();

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "messages; - is standard input")
  private List<String> files = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Looks at a message and adds what it found to its line. */
  interface Look {
    void at(MessageFile file, ObjectNode line) throws Exception;
  }

  /**
   * Called where no file is named; returns if there is something to look at without one.
   *
   * @throws CommandFailure if a file is needed
   */
  void allowNone(SceneOptions scene) throws CommandFailure {
    throw new CommandFailure(Exit.USAGE, "name a FILE, or - for standard input");
  }

  /** Called once, before the first message. */
  abstract Look look(SceneOptions scene) throws Exception;

  @Override
  public final Integer call() throws Exception {
    if (files.isEmpty()) {
      allowNone(options);
    }
    Look look = look(options);
    if (files.isEmpty()) {
      ObjectNode line = ResultJson.object().put("file", (String) null);
      look.at(MessageFile.NONE, line);
      spec.commandLine().getOut().println(line);
    }
    int exit = Exit.OK;
    for (String name : files) {
      ObjectNode line = ResultJson.object().put("file", name);
      try {
        look.at(MessageFile.read(name), line);
      } catch (CommandFailure e) {
        // one file that cannot be read does not keep the others from being looked at
        spec.commandLine().getErr().println("thurn: " + e.getMessage());
        line.put("error", e.getMessage());
        exit = e.exit();
      }
      spec.commandLine().getOut().println(line);
    }
    return exit;
  }
}
