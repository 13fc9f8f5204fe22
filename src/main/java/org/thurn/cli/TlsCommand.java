package org.thurn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.admin.Exit;
import org.thurn.dns.Addresses;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;
import org.thurn.net.TlsUpgrade;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.tls.dane.DaneLookup;
import org.thurn.tls.dane.DaneStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "tls",
    description = {
      "Look at any server's TLS: what is agreed on, which certificates it shows, whether it is who",
      "it should be, and the TLSA record that says so. Exits 1 if it is not."
    })
final class TlsCommand implements Callable<Integer> {
  /** {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port}. */
  private static final Pattern PLACE = Pattern.compile("(\\[[^]]+]|[^:]+)(?::(\\d{1,5}))?");

  @Mixin private ResolverOptions dns = new ResolverOptions();

  @Option(
      names = "--starttls",
      paramLabel = "PROTOCOL",
      description = "smtp, imap, pop3 or sieve: begin in plain text; else with TLS at once")
  private Optional<String> startTls = Optional.empty();

  @Option(
      names = "--dane",
      description = "verify by the TLSA records in the DNS, and by no authority")
  private boolean dane;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "who the server should be; else HOST")
  private Optional<String> named = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "authorities to trust, in PEM; else those of the platform")
  private Optional<Path> authorities = Optional.empty();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Parameters(paramLabel = "HOST[:PORT]", description = "a name or an address")
  private String place = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What the command line says. */
  private record Target(Host host, int port, Optional<StartTls> startTls, Host name) {}

  @Override
  public Integer call() throws Exception {
    Target target = target();
    Resolver resolver = dns.open();
    List<InetAddress> addresses = addresses(resolver, target.host());
    Optional<DaneStatus> status = Optional.empty();
    if (dane && target.name() instanceof Domain name) {
      status = Optional.of(new DaneLookup(resolver).at(name, target.port()));
    }
    TlsVisit visit =
        TlsVisit.of(addresses, target.port(), target.startTls(), upgrade(target.name(), status));
    PrintWriter out = spec.commandLine().getOut();
    if (visit.session().isEmpty()) {
      new TlsText(spec.commandLine().getErr()).tries(visit);
      throw new CommandFailure(
          visit.connected() ? Exit.NO : Exit.UNAVAILABLE, "no TLS with " + place);
    }
    TlsFindings found = findings(target, visit, status);
    if (json) {
      out.println(TlsJson.of(found));
    } else {
      new TlsText(out).print(found);
    }
    return found.verified() ? Exit.OK : Exit.NO;
  }

  private static TlsFindings findings(Target target, TlsVisit visit, Optional<DaneStatus> status) {
    var session = visit.session().orElseThrow();
    String name = target.name() instanceof Domain domain ? domain.ascii() : "";
    Optional<TlsFindings.Dane> word =
        status.map(
            one -> TlsFindings.Dane.of(one, session, new DnsName(name), Time.system().now()));
    return new TlsFindings(name, target.port(), visit, session, word);
  }

  /** Nobody is refused here: what is wrong is to be seen. */
  private TlsUpgrade upgrade(Host name, Optional<DaneStatus> status) throws IOException {
    TlsClient client =
        authorities.isPresent()
            ? TlsClient.trusting(authorities.get())
            : TlsClient.trustingSystem();
    return status
        .filter(DaneStatus.Usable.class::isInstance)
        .map(DaneStatus.Usable.class::cast)
        .map(usable -> client.opportunistic(usable.base(), client.vouched(name)))
        .orElseGet(() -> client.opportunistic(name));
  }

  private Target target() throws CommandFailure {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      throw new CommandFailure(Exit.USAGE, "HOST[:PORT] cannot be \"" + place + "\"");
    }
    Host host = OptionText.read("HOST", parts.group(1), TlsCommand::host);
    Optional<StartTls> protocol = Optional.empty();
    if (startTls.isPresent()) {
      protocol = Optional.of(OptionText.read("--starttls", startTls.get(), StartTls::of));
    }
    String digits = parts.group(2);
    if (digits == null && protocol.isEmpty()) {
      throw new CommandFailure(Exit.USAGE, "which port? Name it, or say --starttls");
    }
    int port = digits == null ? protocol.get().port() : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new CommandFailure(Exit.USAGE, "the port cannot be " + port);
    }
    Host name = host;
    if (named.isPresent()) {
      name = OptionText.read("--name", named.get(), Domain::parse);
    }
    if (dane && !(name instanceof Domain)) {
      throw new CommandFailure(Exit.USAGE, "an address has no TLSA records: give --name");
    }
    return new Target(host, port, protocol, name);
  }

  private static Host host(String text) throws NameSyntaxException {
    return text.startsWith("[") || text.matches("[0-9.]+")
        ? new AddressLiteral(IpAddress.parse(text.replaceAll("[\\[\\]]", "")))
        : Domain.parse(text);
  }

  private static List<InetAddress> addresses(Resolver resolver, Host host) throws CommandFailure {
    return switch (host) {
      case AddressLiteral literal -> List.of(literal.address());
      case Domain domain -> {
        Addresses found = Addresses.of(resolver, DnsName.of(domain));
        if (found.all().isEmpty()) {
          String why = found.failed() ? "the DNS does not tell the address of " : "no address of ";
          throw new CommandFailure(Exit.UNAVAILABLE, why + domain.unicode());
        }
        yield found.all();
      }
    };
  }
}
