package org.thurn.authentication.dmarc.report;

import java.util.List;

/**
 * A received report.
 *
 * @param form by its namespace
 * @param deviations where it is not as its form says, each in one line for people; what it then
 *     tells is our best guess
 */
public record ReadReport(AggregateReport report, ReportForm form, List<String> deviations) {
  public ReadReport {
    deviations = List.copyOf(deviations);
  }
}
