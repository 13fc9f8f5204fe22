package org.thurn.transfer.intake;

import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.thurn.journey.QueueId;
import org.thurn.message.DateTime;
import org.thurn.message.HeaderField;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.name.Mailbox;
import org.thurn.net.TlsSession;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.Session;

/**
 * The trace that we put on top of every message, RFC 5321 §4.4.
 *
 * @param by who we are
 * @param session how it came
 * @param clientName the client's confirmed name in the DNS
 * @param smtpUtf8 whether the transaction used SMTPUTF8
 * @param recipient the recipient where there is just one: with more, each would read of the others
 *     (RFC 5321 §7.2)
 * @param hideClient whether to keep silent about where it came from (RFC 5321 §7.6)
 */
record ReceivedField(
    Domain by,
    Session session,
    Optional<String> clientName,
    boolean smtpUtf8,
    QueueId id,
    Optional<Mailbox> recipient,
    boolean hideClient) {

  HeaderField at(Instant time) {
    StringBuilder value = new StringBuilder();
    if (session.helo().isPresent() && !hideClient) {
      value.append("from ").append(from(session.helo().get())).append(' ');
    }
    value.append("by ").append(by.ascii()).append(" (Thurn)");
    if (session.helo().isPresent()) {
      value.append(" with ").append(with());
      session.tls().ifPresent(tls -> value.append(" (").append(comment(tls)).append(')'));
    }
    value.append(" id ").append(id);
    recipient.ifPresent(address -> value.append(" for <").append(address).append('>'));
    value.append("; ").append(DateTime.format(time.atOffset(ZoneOffset.UTC)));
    return HeaderField.of("Received", value.toString());
  }

  /** {@code Extended-Domain = Domain / address-literal, FWS "(" TCP-info ")"}. */
  private String from(String helo) {
    Optional<String> literal = session.remote().address().map(ReceivedField::literal);
    Optional<String> said = ClientCheck.host(helo).map(Host::ascii);
    if (literal.isEmpty()) {
      return said.orElse("localhost") + " (Unix socket)";
    }
    String info = clientName.map(name -> name + " ").orElse("") + literal.get();
    return said.orElse(literal.get()) + " (" + info + ")";
  }

  private static String literal(InetAddress address) {
    return new AddressLiteral(address).ascii();
  }

  /** The protocol's registered name: RFC 3848, with UTF8SMTP of RFC 6531 §4.3. */
  private String with() {
    String base =
        switch (session.protocol()) {
          case LMTP -> smtpUtf8 ? "UTF8LMTP" : "LMTP";
          case SMTP, SUBMISSION -> {
            String plain = session.extended() ? "ESMTP" : "SMTP";
            yield smtpUtf8 ? "UTF8SMTP" : plain;
          }
        };
    boolean extended = session.extended() || session.protocol() == Protocol.LMTP;
    String secure = extended && session.tls().isPresent() ? "S" : "";
    String authenticated = extended && session.account().isPresent() ? "A" : "";
    return base + secure + authenticated;
  }

  private static String comment(TlsSession tls) {
    return tls.version()
        + " "
        + tls.cipherSuite()
        + tls.group().map(group -> " " + group).orElse("");
  }
}
