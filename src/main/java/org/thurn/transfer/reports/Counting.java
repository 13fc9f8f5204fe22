package org.thurn.transfer.reports;

import java.time.LocalDate;

/**
 * A domain's day that was counted and not yet reported.
 *
 * @param messages or whatever is counted
 * @param omitted those that there was no room for
 */
public record Counting(String domain, LocalDate day, int rows, long messages, long omitted) {}
