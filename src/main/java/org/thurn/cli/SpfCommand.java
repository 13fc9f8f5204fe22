package org.thurn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import org.thurn.authentication.explain.Scene;
import org.thurn.authentication.inbound.Origin;
import org.thurn.authentication.spf.SpfChecker;
import org.thurn.authentication.spf.SpfRequest;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.dns.Resolver;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "spf",
    description = {
      "Check whether a host may send for a domain (RFC 7208): one JSON object a message.",
      "What --ip, --helo and --mail-from leave out is taken from the message's own trace fields;",
      "with --ip no message is needed."
    })
final class SpfCommand implements Callable<Integer> {
  @Mixin private SceneOptions options = new SceneOptions();

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "messages; - is standard input")
  private List<String> files = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Scene scene = options.scene();
    if (files.isEmpty() && scene.client().isEmpty()) {
      throw new CommandFailure(Exit.USAGE, "usage: thurn spf FILE..., or thurn spf --ip ADDRESS");
    }
    Resolver resolver = options.resolver();
    SpfChecker checker = new SpfChecker(resolver, Explained.SPF, Time.system());
    for (String name : files.isEmpty() ? List.of("") : files) {
      Headers headers =
          name.isEmpty()
              ? Headers.of(List.of())
              : Headers.parse(MessageFile.read(name).octets(), MessageLimits.DEFAULT);
      Optional<SpfResult> result = scene.origin(headers).map(origin -> check(checker, origin));
      ObjectNode line = ResultJson.object().put("file", name.isEmpty() ? null : name);
      line.set("spf", ResultJson.spf(result));
      spec.commandLine().getOut().println(line);
    }
    return Exit.OK;
  }

  private static SpfResult check(SpfChecker checker, Origin origin) {
    return checker.check(SpfRequest.mailFrom(origin.client(), origin.helo(), origin.sender()));
  }
}
