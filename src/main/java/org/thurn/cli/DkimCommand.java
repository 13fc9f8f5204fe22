package org.thurn.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.DkimSigner;
import org.thurn.authentication.dkim.DkimVerifier;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.dkim.UnsignableException;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dkim",
    description = "Verify and make signatures, and see to their keys (RFC 6376).",
    subcommands = {
      DkimCommand.Verify.class,
      DkimCommand.Sign.class,
      DkimKeysCommand.List.class,
      DkimKeysCommand.Rotate.class,
      DkimKeysCommand.Publish.class
    })
final class DkimCommand implements Callable<Integer> {
  @Override
  public Integer call() throws CommandFailure {
    throw new CommandFailure(
        Exit.USAGE,
        "usage: thurn dkim verify FILE..., or thurn dkim sign, keys, rotate or publish");
  }

  @Command(
      name = "verify",
      description = "Verify every signature of messages: one JSON object a message.")
  static final class Verify extends MessagesCommand {
    @Override
    Look look(SceneOptions scene) throws Exception {
      Time time = scene.time();
      DkimVerifier verifier = new DkimVerifier(scene.resolver(), time);
      return (file, line) -> {
        List<DkimResult> results = verifier.verify(file.octets());
        line.set("dkim", ResultJson.dkim(Explained.signatures(file, results, time)));
      };
    }
  }

  @Command(
      name = "sign",
      description = "Sign a message, and write it to standard output with its signature on top.")
  static final class Sign implements Callable<Integer> {
    @Mixin private SigningOptions options = new SigningOptions();

    @Option(
        names = "--at",
        paramLabel = "TIME",
        description = "when it is signed, such as 2026-11-24T06:40:00Z; else now")
    private Optional<String> at = Optional.empty();

    @Parameters(
        arity = "0..1",
        paramLabel = "FILE",
        defaultValue = "-",
        description = "the message; else standard input")
    private String name = "-";

    @Override
    public Integer call() throws Exception {
      MessageFile file = MessageFile.read(name);
      Headers headers = Headers.parse(file.octets(), MessageLimits.DEFAULT);
      byte[] body = Arrays.copyOfRange(file.octets(), headers.length(), file.octets().length);
      DkimSigner signer =
          new DkimSigner(
              List.of(options.key()),
              SigningSettings.DEFAULT,
              StandingClock.at(at),
              Cryptography.platform());
      try {
        file.writeBehind(signer.sign(headers, body), System.out);
      } catch (UnsignableException e) {
        throw new CommandFailure(Exit.DATA, name + ": " + e.getMessage());
      }
      return Exit.OK;
    }
  }
}
