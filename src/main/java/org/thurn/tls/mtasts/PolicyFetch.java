package org.thurn.tls.mtasts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.dns.Addresses;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.name.Domain;
import org.thurn.net.Connector;
import org.thurn.net.TlsUpgrade;
import org.thurn.net.http.HttpClient;
import org.thurn.net.http.HttpField;
import org.thurn.net.http.HttpLimits;
import org.thurn.net.http.HttpPeer;
import org.thurn.net.http.HttpRequest;
import org.thurn.net.http.HttpResponse;
import org.thurn.tls.TlsClient;
import org.thurn.tls.VersionedRecord;

/**
 * Gets policies by HTTPS, RFC 8461 §3.3: from the host {@code mta-sts} below the domain, whose
 * addresses our own resolver tells and whose certificate must be right; no redirect is followed and
 * nothing cached.
 */
public final class PolicyFetch implements PolicySource {
  /** Where a policy is, §3.2. */
  public static final String PATH = "/.well-known/mta-sts.txt";

  /** The first label of a policy's host. */
  public static final String LABEL = "mta-sts";

  /** For all of it, however slowly the octets come; the time that §3.3 suggests. */
  public static final Duration TIME = Duration.ofSeconds(60);

  private static final int OK = 200;
  private static final int MAX_SHOWN = 200;

  private final Resolver resolver;
  private final TlsClient tls;
  private final HttpClient client;
  private final Settings settings;

  /**
   * How policies are fetched.
   *
   * @param port 443, but for a lab
   * @param from our addresses, one of a family; empty if the system chooses
   * @param time for all of it
   */
  public record Settings(int port, List<InetAddress> from, Duration time) {
    /** As the rest of the world does. */
    public static final Settings USUAL = new Settings(443, List.of(), TIME);

    public Settings {
      from = List.copyOf(from);
    }

    /** The same from another port and other addresses. */
    public Settings at(int otherPort, List<InetAddress> addresses) {
      return new Settings(otherPort, addresses, time);
    }
  }

  public PolicyFetch(Resolver resolver, TlsClient tls, Connector connector, Settings settings) {
    this.resolver = resolver;
    this.tls = tls;
    this.client = new HttpClient(connector);
    this.settings = settings;
  }

  /** A policy's host; empty if its name would be too long. */
  public static Optional<Domain> host(Domain domain) {
    return VersionedRecord.nameFor(domain, LABEL).map(name -> Domain.of(name.text()));
  }

  @Override
  public Fetched fetch(Domain domain, StsNotes notes) {
    Optional<Domain> host = host(domain);
    if (host.isEmpty()) {
      return failed("the name of the policy's host is too long");
    }
    Addresses addresses = Addresses.of(resolver, DnsName.of(host.get()));
    notes.asked(addresses.a());
    notes.asked(addresses.aaaa());
    if (addresses.all().isEmpty()) {
      return failed(
          addresses.failed()
              ? "the DNS does not tell the address of " + host.get()
              : host.get() + " has no address");
    }
    try {
      return policy(ask(host.get(), addresses.all()));
    } catch (UntrustedException e) {
      return new Fetched.Failed(FailureKind.WEBPKI, host.get() + ": " + shown(e));
    } catch (SocketTimeoutException e) {
      return failed(host.get() + ": it takes too long");
    } catch (IOException e) {
      return failed(host.get() + ": " + shown(e));
    }
  }

  private HttpResponse ask(Domain host, List<InetAddress> addresses) throws IOException {
    return client.send(
        HttpRequest.get(
            host,
            settings.port(),
            PATH,
            new HttpField("User-Agent", "thurn"),
            new HttpField("Accept", "text/plain"),
            new HttpField("Accept-Encoding", "identity"),
            new HttpField("Cache-Control", "no-cache")),
        new HttpPeer(addresses, settings.port(), settings.from(), proved(host)),
        new HttpLimits(settings.time(), PolicyText.MAX_OCTETS));
  }

  /** A handshake that fails in its own way if the certificate is what is wrong. */
  private TlsUpgrade proved(Domain host) {
    TlsUpgrade opportunistic = tls.opportunistic(host);
    return (Socket plain) -> {
      TlsUpgrade.Upgraded upgraded = opportunistic.handshake(plain);
      String verification = upgraded.session().verification();
      if (!verification.equals(TlsClient.VERIFIED)) {
        upgraded.socket().close();
        throw new UntrustedException(verification);
      }
      return upgraded;
    };
  }

  private static Fetched policy(HttpResponse response) {
    if (response.status() != OK) {
      return failed("the policy's host answers " + response.status());
    }
    String type = response.first("Content-Type").orElse("");
    if (!mediaType(type).equals("text/plain")) {
      return failed("what is served is not text/plain but " + shown(type));
    }
    if (response.all("Content-Encoding").stream().anyMatch(c -> !c.equalsIgnoreCase("identity"))) {
      return failed("what is served is encoded, which nobody asked for");
    }
    return switch (PolicyText.parse(response.body())) {
      case PolicyReading.Read(StsPolicy policy) -> new Fetched.Policy(policy);
      case PolicyReading.Invalid(String why) -> new Fetched.Failed(FailureKind.INVALID, why);
    };
  }

  /** Its parameters are ignored, RFC 8461 §3.2. */
  private static String mediaType(String type) {
    int semicolon = type.indexOf(';');
    String name = semicolon < 0 ? type : type.substring(0, semicolon);
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static Fetched failed(String why) {
    return new Fetched.Failed(FailureKind.FETCH, why);
  }

  private static String shown(IOException e) {
    return shown(String.valueOf(e.getMessage()));
  }

  /** What a stranger wrote, cut and without control characters. */
  private static String shown(String text) {
    String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
  }
}
