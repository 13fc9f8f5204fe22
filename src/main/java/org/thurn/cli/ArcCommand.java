package org.thurn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import org.thurn.authentication.arc.ArcVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "arc",
    description = "Verify and seal the chains of forwarded messages (RFC 8617).",
    subcommands = {ArcCommand.Verify.class})
final class ArcCommand implements Callable<Integer> {
  @Override
  public Integer call() throws CommandFailure {
    throw new CommandFailure(Exit.USAGE, "usage: thurn arc verify FILE..., or thurn arc seal");
  }

  @Command(
      name = "verify",
      description = "Verify the chain of messages: one JSON object a message.")
  static final class Verify implements Callable<Integer> {
    @Mixin private SceneOptions options = new SceneOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "messages; - is standard input")
    private List<String> files = new ArrayList<>();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      ArcVerifier verifier = new ArcVerifier(options.resolver(), options.time());
      for (String name : files) {
        MessageFile file = MessageFile.read(name);
        ObjectNode line = ResultJson.object().put("file", name);
        line.set("arc", ResultJson.arc(verifier.verify(file.octets())));
        spec.commandLine().getOut().println(line);
      }
      return Exit.OK;
    }
  }
}
