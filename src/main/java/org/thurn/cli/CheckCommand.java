package org.thurn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurn.admin.Exit;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.transfer.posture.Observation;
import org.thurn.transfer.posture.Posture;
import org.thurn.transfer.posture.PostureSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = {
      "Look at any domain as the rest of the world does: MX, TLS, DANE, SPF, DKIM, DMARC and more,",
      "with what was found and what to do. Its hosts are called, and no message is sent."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private ResolverOptions dns = new ResolverOptions();

  @Option(
      names = "--selector",
      paramLabel = "NAME",
      description = "of a DKIM key; may be repeated. Else common ones are tried")
  private List<String> selectors = new ArrayList<>();

  @Option(
      names = "--blocklist",
      paramLabel = "ZONE",
      description = {
        "ask this DNS block list about the hosts; may be repeated. None is asked by default:",
        "each has its own terms, and learns what you ask"
      })
  private List<String> blockLists = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "25",
      description = "where hosts take mail (default: ${DEFAULT-VALUE}; in the lab 2525)")
  private int port = 25;

  @Option(
      names = "--https-port",
      paramLabel = "N",
      defaultValue = "443",
      description = "where MTA-STS policies are (default: ${DEFAULT-VALUE}; in the lab 2443)")
  private int httpsPort = 443;

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      description = "what to call this machine; else its address")
  private Optional<String> helo = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "authorities to trust, in PEM; else those of the platform")
  private Optional<Path> authorities = Optional.empty();

  @Option(names = "--json", description = "print JSON, one object a line")
  private boolean json;

  @Parameters(paramLabel = "DOMAIN", description = "the domain to look at")
  private String name = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Domain domain = OptionText.read("DOMAIN", name, Domain::parse);
    Posture posture = new Posture(dns.open(), tls(), settings(), Time.system());
    Optional<List<Observation>> found = posture.of(domain);
    if (found.isEmpty()) {
      throw new CommandFailure(Exit.NO, "there is no domain " + domain.unicode());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      found.get().forEach(one -> out.println(line(one)));
    } else {
      new PostureText(out, Ansi.AUTO).print(domain, found.get());
    }
    return Exit.OK;
  }

  private TlsClient tls() throws IOException {
    return authorities.isPresent()
        ? TlsClient.trusting(authorities.get())
        : TlsClient.trustingSystem();
  }

  private PostureSettings settings() throws CommandFailure {
    port("--port", port);
    port("--https-port", httpsPort);
    List<String> names = new ArrayList<>();
    for (String selector : selectors) {
      names.add(OptionText.read("--selector", selector, CheckCommand::selector));
    }
    List<DnsName> zones = new ArrayList<>();
    for (String zone : blockLists) {
      zones.add(DnsName.of(OptionText.read("--blocklist", zone, Domain::parse)));
    }
    Optional<Domain> self = Optional.empty();
    if (helo.isPresent()) {
      self = Optional.of(OptionText.read("--helo", helo.get(), Domain::parse));
    }
    return new PostureSettings(
        port, httpsPort, names, zones, self, dns.validating(), PostureSettings.TIME);
  }

  private static void port(String option, int port) throws CommandFailure {
    if (port < 1 || port > 65_535) {
      throw new CommandFailure(Exit.USAGE, option + " cannot be \"" + port + "\"");
    }
  }

  /** RFC 6376 §3.1: {@code sub-domain *("." sub-domain)}; underscores are met, too. */
  private static String selector(String text) throws NameSyntaxException {
    Domain.parse(text.replace('_', '-'));
    return text;
  }

  private static String line(Observation one) {
    return ResultJson.object()
        .put("check", one.topic().word())
        .put("verdict", one.verdict().word())
        .put("found", one.found())
        .put("advice", one.advice())
        .toString();
  }
}
