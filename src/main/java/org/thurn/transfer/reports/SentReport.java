package org.thurn.transfer.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What became of the reports to one domain about one day.
 *
 * @param domain where the policy stands
 * @param day of UTC
 * @param at when they were queued
 * @param reports how many: one for each policy that the domain had that day
 * @param messages of which they tell
 * @param to to whom
 * @param refused to whom not, and why
 */
public record SentReport(
    String domain,
    LocalDate day,
    Instant at,
    int reports,
    long messages,
    List<String> to,
    List<String> refused) {
  public SentReport {
    to = List.copyOf(to);
    refused = List.copyOf(refused);
  }
}
