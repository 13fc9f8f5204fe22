package org.thurn.cli;

import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "explain",
    description = {
      "Show what a message's header says to those who can read it: its way from hop to hop, what",
      "others found, and SPF, DKIM, ARC and DMARC checked once more, with the reason in words."
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private SceneOptions options = new SceneOptions();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Parameters(paramLabel = "FILE", description = "the message; - is standard input")
  private String name = "-";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Explained explained = Explained.of(MessageFile.read(name), options);
    if (json) {
      spec.commandLine().getOut().println(json(explained));
    } else {
      new ExplainedText(spec.commandLine().getOut()).print(explained);
    }
    return Exit.OK;
  }

  private static ObjectNode json(Explained explained) {
    ObjectNode json = ResultJson.object();
    json.set("spf", ResultJson.spf(explained.result().mailFrom()));
    json.set("dkim", ResultJson.dkim(explained.signatures()));
    json.set("arc", ResultJson.arc(explained.result().arc()));
    json.set("dmarc", ResultJson.dmarc(explained.result().dmarc()));
    json.set("hops", ResultJson.hops(explained.hops()));
    return json;
  }
}
