/**
 * DMARC's reports, in both directions. {@link org.thurn.transfer.reports.DmarcReports} is the
 * whole: it hears from {@code transfer.intake} what was found of each message, counts it ({@code
 * Tally} in memory, {@code CountedRows} in the store, every minute), and once a day has {@code
 * ReportPost} write to each domain that asks for it. What others report of us is taken out of their
 * mail by {@code ReportInbox}, while it is delivered, and kept by {@link
 * org.thurn.transfer.reports.ReceivedReports}.
 *
 * <p>A crash loses what was counted in the last minute, and no more. A report that was queued
 * before a crash could be written down as sent goes out again with the same id, by which its
 * receiver knows it.
 *
 * <p>RFC 9990 (aggregate reports), RFC 9991 (failure reports).
 */
@NullMarked
package org.thurn.transfer.reports;

import org.jspecify.annotations.NullMarked;
