package org.thurn.transfer.reports;

import java.time.Instant;
import java.util.List;
import org.thurn.authentication.dmarc.Policy;

/**
 * A report that another sent us; all texts are theirs, made short and harmless.
 *
 * @param organization who reports
 * @param email whom to ask
 * @param id by which the reporter knows it
 * @param domain of ours, which it is about
 * @param policy which the reporter found
 * @param begin of the period
 * @param end of it
 * @param at when it came
 * @param reporter the domain of its author, proven by DMARC; "" if nothing proves it: then anybody
 *     may have written it
 * @param messages of which it tells
 * @param rows that are kept
 * @param omitted messages of rows that there was no room for
 * @param deviations where it is not as it should be
 */
public record ReceivedReport(
    String organization,
    String email,
    String id,
    String domain,
    Policy policy,
    Instant begin,
    Instant end,
    Instant at,
    String reporter,
    long messages,
    int rows,
    long omitted,
    List<String> deviations) {
  public ReceivedReport {
    deviations = List.copyOf(deviations);
  }

  /** The same, of a domain in the form that keys have. */
  ReceivedReport about(String other) {
    return new ReceivedReport(
        organization,
        email,
        id,
        other,
        policy,
        begin,
        end,
        at,
        reporter,
        messages,
        rows,
        omitted,
        deviations);
  }

  /** The same, of which so much is kept. */
  ReceivedReport keeping(int keptRows, long omittedMessages) {
    return new ReceivedReport(
        organization,
        email,
        id,
        domain,
        policy,
        begin,
        end,
        at,
        reporter,
        messages,
        keptRows,
        omittedMessages,
        deviations);
  }
}
