package org.thurn.cli;

import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import org.thurn.authentication.arc.ArcSealer;
import org.thurn.authentication.arc.ArcVerifier;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.arc.UnsealableException;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.ResultsParser;
import org.thurn.authentication.results.ResultsSyntaxException;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "arc",
    description = "Verify and seal the chains of forwarded messages (RFC 8617).",
    subcommands = {ArcCommand.Verify.class, ArcCommand.Seal.class})
final class ArcCommand implements Callable<Integer> {
  @Override
  public Integer call() throws CommandFailure {
    throw new CommandFailure(Exit.USAGE, "usage: thurn arc verify FILE..., or thurn arc seal");
  }

  @Command(
      name = "verify",
      description = "Verify the chain of messages: one JSON object a message.")
  static final class Verify extends MessagesCommand {
    @Override
    Look look(SceneOptions scene) throws Exception {
      ArcVerifier verifier = new ArcVerifier(scene.resolver(), scene.time());
      return (file, line) -> line.set("arc", ResultJson.arc(verifier.verify(file.octets())));
    }
  }

  @Command(
      name = "seal",
      description = {
        "Seal a message as it is handed on, and write it to standard output with the new set on",
        "top. A chain that it has already is verified first."
      })
  static final class Seal implements Callable<Integer> {
    @Mixin private SigningOptions signing = new SigningOptions();

    @Mixin private SceneOptions scene = new SceneOptions();

    @Option(
        names = "--auth-results",
        required = true,
        paramLabel = "TEXT",
        description = "what was found when it came, as in Authentication-Results (RFC 8601)")
    private String results = "";

    @Parameters(
        arity = "0..1",
        paramLabel = "FILE",
        defaultValue = "-",
        description = "the message; else standard input")
    private String name = "-";

    @Override
    public Integer call() throws Exception {
      AuthenticationResults found = results();
      MessageFile file = MessageFile.read(name);
      Headers headers = Headers.parse(file.octets(), MessageLimits.DEFAULT);
      ChainValidation chain =
          new ArcVerifier(scene.resolver(), scene.time()).verify(file.octets()).chainValidation();
      ArcSealer sealer =
          new ArcSealer(
              signing.key(), SigningSettings.DEFAULT, scene.time(), Cryptography.platform());
      try {
        Sealing sealing = sealer.begin(headers);
        sealing.take(file.octets(), headers.length(), file.octets().length - headers.length());
        file.writeBehind(sealing.finish(chain, found), System.out);
      } catch (UnsealableException e) {
        throw new CommandFailure(Exit.DATA, name + ": " + e.getMessage());
      }
      return Exit.OK;
    }

    private AuthenticationResults results() throws CommandFailure {
      try {
        return ResultsParser.parse(results);
      } catch (ResultsSyntaxException e) {
        throw new CommandFailure(Exit.USAGE, "--auth-results: " + e.getMessage());
      }
    }
  }
}
