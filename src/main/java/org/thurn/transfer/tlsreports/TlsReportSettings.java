package org.thurn.transfer.tlsreports;

import java.net.InetAddress;
import java.util.List;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

/**
 * How TLS reports are sent and received.
 *
 * @param host who reports
 * @param send whether domains that ask for it are told once a day how TLS to their hosts went
 * @param organization who reports, in words
 * @param from the author of reports, whose domain signs them
 * @param contact whom to ask about a report, RFC 8460 §4.4
 * @param receiveAt where our own domains have reports sent to by mail
 * @param receiveHttps whether they come by HTTPS, too
 * @param posting how reports go out by HTTPS
 */
public record TlsReportSettings(
    Domain host,
    boolean send,
    String organization,
    Mailbox from,
    String contact,
    List<Mailbox> receiveAt,
    boolean receiveHttps,
    Posting posting) {
  public TlsReportSettings {
    receiveAt = List.copyOf(receiveAt);
  }

  /**
   * How reports are posted.
   *
   * @param port of every web server, but for a lab 443
   * @param from our addresses, one of a family; empty if the system chooses
   * @param inside whether servers in private networks and on this machine may be posted to, as in a
   *     lab: the record of any domain names them
   */
  public record Posting(int port, List<InetAddress> from, boolean inside) {
    /** As the rest of the world does. */
    public static final Posting USUAL = new Posting(443, List.of(), false);

    public Posting {
      from = List.copyOf(from);
    }
  }

  /** Whether reports of others come to this address. */
  boolean receivesAt(Mailbox address) {
    return receiveAt.stream().anyMatch(address::leadsWhere);
  }
}
