package org.thurn.transfer.reports;

import java.util.List;
import java.util.stream.Stream;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

/**
 * How reports are sent and received.
 *
 * @param host who reports
 * @param send whether domains that ask for it are told once a day what came in their name
 * @param sendFailures whether they are also told of single messages: RFC 9991 §7 has what speaks
 *     against it
 * @param organization who reports, in words
 * @param from the author of reports; its domain must pass DMARC
 * @param contact where else to ask, such as a web page; or empty
 * @param receiveAt where our own domains have reports sent to
 */
public record ReportSettings(
    Domain host,
    boolean send,
    boolean sendFailures,
    String organization,
    Mailbox from,
    String contact,
    List<Mailbox> receiveAt) {
  public ReportSettings {
    receiveAt = List.copyOf(receiveAt);
  }

  /** Whether nothing but reports, and answers to ours, comes to all of them. */
  boolean onlyReportsReach(List<Mailbox> recipients) {
    return recipients.stream()
        .allMatch(
            to -> Stream.concat(receiveAt.stream(), Stream.of(from)).anyMatch(to::leadsWhere));
  }

  /** Whether reports of others come to this address. */
  boolean receivesAt(Mailbox address) {
    return receiveAt.stream().anyMatch(address::leadsWhere);
  }
}
