package org.thurn.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.thurn.authentication.explain.Scene;
import org.thurn.dns.Resolver;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;
import org.thurn.name.ReversePath;
import org.thurn.time.Time;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who brought a message, when, and which DNS is asked. */
final class SceneOptions {
  @Mixin private ResolverOptions dns = new ResolverOptions();

  @Option(names = "--ip", paramLabel = "ADDRESS", description = "the client that brought it")
  private Optional<String> ip = Optional.empty();

  @Option(names = "--helo", paramLabel = "NAME", description = "what the client called itself")
  private Optional<String> helo = Optional.empty();

  @Option(
      names = "--mail-from",
      paramLabel = "ADDRESS",
      description = "the envelope's sender; <> for the null path")
  private Optional<String> mailFrom = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "when it is checked, such as 2026-11-24T06:40:00Z; else now")
  private Optional<String> at = Optional.empty();

  /** The DNS; its signatures are judged by the true time, whatever the scene's. */
  Resolver resolver() throws CommandFailure, IOException {
    return dns.open();
  }

  Scene scene() throws CommandFailure {
    Optional<InetAddress> client = Optional.empty();
    if (ip.isPresent()) {
      client = Optional.of(OptionText.read("--ip", ip.get(), IpAddress::parse));
    }
    Optional<ReversePath> sender = Optional.empty();
    if (mailFrom.isPresent()) {
      sender = Optional.of(OptionText.read("--mail-from", mailFrom.get(), SceneOptions::path));
    }
    return new Scene(client, helo, sender);
  }

  private static ReversePath path(String text) throws NameSyntaxException {
    return ReversePath.parse(text.startsWith("<") ? text : "<" + text + ">");
  }

  /** The scene's time, or the machine's clock. */
  Time time() throws CommandFailure {
    return StandingClock.at(at);
  }
}
