package org.thurn.transfer.posture;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.net.TlsSession;
import org.thurn.smtp.Reply;
import org.thurn.smtp.client.Extension;
import org.thurn.smtp.client.TlsHandshakeException;

/** What a host says at one of its addresses, in the clear and behind STARTTLS. */
record SmtpCheck(
    Means means, Domain domain, Domain host, InetAddress address, boolean routeIsSecure)
    implements Check {
  private static final String NO_TLS =
      "Switch STARTTLS on: mail to this host can be read by everybody on the way.";

  @Override
  public Topic topic() {
    return Topic.SMTP;
  }

  @Override
  public String about() {
    return host.ascii();
  }

  @Override
  public List<Observation> look() {
    List<Observation> found = new ArrayList<>();
    Optional<TlsSession> tls = Optional.empty();
    boolean reached = false;
    try (Call call = Call.open(means, address)) {
      reached = greet(call, found);
      if (reached) {
        tls = secure(call, found);
      }
    } catch (IOException e) {
      found.add(broken(e));
    }
    if (reached) {
      tls.ifPresent(session -> found.add(certificate(session)));
      found.add(new Dane(means, domain, host, routeIsSecure).observe(tls));
    }
    String digits = IpAddress.format(address);
    return found.stream().map(one -> one.at(host.ascii(), digits)).toList();
  }

  private Observation certificate(TlsSession session) {
    boolean demanded = MtaStsCheck.isPublished(means, domain);
    return CertificateView.observe(session, means.time().now(), demanded);
  }

  private Observation broken(IOException e) {
    String why = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean family = address instanceof Inet6Address && why.contains("unreachable");
    if (family) {
      return Observation.unknown(Topic.SMTP, "IPv6 cannot be reached from this machine", "");
    }
    String text = "port " + means.settings().port() + ": " + e.getMessage();
    return e instanceof SocketTimeoutException
        ? Observation.unknown(
            Topic.SMTP,
            text,
            "If other hosts do not answer either, this machine's network keeps port 25 closed:"
                + " check from elsewhere.")
        : Observation.bad(
            Topic.SMTP, text, "Start the mail server, and open the port in its firewall.");
  }

  private boolean greet(Call call, List<Observation> found) throws IOException {
    Reply greeting = call.client().greeting();
    Reply hello = Call.completed(greeting) ? call.hello() : greeting;
    if (!Call.completed(hello)) {
      found.add(
          hello.isPermanent()
              ? Observation.bad(
                  Topic.SMTP,
                  "refuses us: " + hello,
                  "If it says so to everybody, no mail comes in by this host.")
              : Observation.unknown(Topic.SMTP, "not now: " + hello, "Try again later."));
      return false;
    }
    String said = greeting.code() + " " + greeting.lines().getFirst();
    String offers =
        call.client().extensions().offered().stream()
            .sorted()
            .map(Extension::keyword)
            .collect(Collectors.joining(", "));
    found.add(
        offers.isEmpty()
            ? Observation.warn(
                Topic.SMTP,
                said + "; offers no extension",
                "Let the server answer EHLO: without extensions there is no TLS, no size, no 8 bit.")
            : Observation.good(Topic.SMTP, said).with(List.of("offers " + offers)));
    return true;
  }

  private Optional<TlsSession> secure(Call call, List<Observation> found) throws IOException {
    if (!call.offersTls()) {
      found.add(Observation.bad(Topic.STARTTLS, "not offered", NO_TLS));
      return Optional.empty();
    }
    try {
      Reply reply = call.startTls(means, host);
      if (!Call.completed(reply)) {
        found.add(Observation.bad(Topic.STARTTLS, "offered, then refused: " + reply, NO_TLS));
        return Optional.empty();
      }
    } catch (TlsHandshakeException e) {
      found.add(
          Observation.bad(
              Topic.STARTTLS,
              "offered, but the handshake fails: " + e.getMessage(),
              "Let the server speak TLS 1.2 or 1.3 with forward secrecy: senders fall back to plain"
                  + " text, or do not deliver."));
      return Optional.empty();
    }
    Optional<TlsSession> session = call.client().connection().tls();
    Reply hello = call.hello();
    if (!Call.completed(hello)) {
      found.add(
          Observation.bad(
              Topic.STARTTLS, "no mail behind it: " + hello, "Look into the server's log."));
    } else {
      session.ifPresent(tls -> found.add(Observation.good(Topic.STARTTLS, words(tls))));
    }
    return session;
  }

  private static String words(TlsSession tls) {
    return tls.version()
        + tls.group().map(group -> " with " + group).orElse("")
        + ", "
        + tls.cipherSuite();
  }
}
