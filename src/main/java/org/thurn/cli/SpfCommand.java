package org.thurn.cli;

import org.thurn.admin.Exit;
import org.thurn.authentication.explain.Scene;
import org.thurn.authentication.inbound.Origin;
import org.thurn.authentication.spf.SpfChecker;
import org.thurn.authentication.spf.SpfRequest;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import picocli.CommandLine.Command;

@Command(
    name = "spf",
    description = {
      "Check whether a host may send for a domain (RFC 7208): one JSON object a message.",
      "What --ip, --helo and --mail-from leave out is taken from the message's own trace fields;",
      "with --ip no message is needed."
    })
final class SpfCommand extends MessagesCommand {
  @Override
  Look look(SceneOptions options) throws Exception {
    Scene scene = options.scene();
    SpfChecker checker = new SpfChecker(options.resolver(), Explained.SPF, options.time());
    return (file, line) -> {
      Headers headers = Headers.parse(file.octets(), MessageLimits.DEFAULT);
      line.set("spf", ResultJson.spf(scene.origin(headers).map(origin -> check(checker, origin))));
    };
  }

  @Override
  void allowNone(SceneOptions options) throws CommandFailure {
    if (options.scene().client().isEmpty()) {
      throw new CommandFailure(Exit.USAGE, "usage: thurn spf FILE..., or thurn spf --ip ADDRESS");
    }
  }

  private static SpfResult check(SpfChecker checker, Origin origin) {
    return checker.check(SpfRequest.mailFrom(origin.client(), origin.helo(), origin.sender()));
  }
}
