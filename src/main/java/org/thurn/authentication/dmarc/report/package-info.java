/**
 * Reports about DMARC: aggregate ones, which tell a domain's owner once a day what came in its
 * name, and failure reports, which tell of single messages.
 *
 * <p>{@link org.thurn.authentication.dmarc.report.Aggregation} counts messages by {@link
 * org.thurn.authentication.dmarc.report.ReportRow} until a report is due ({@link
 * org.thurn.authentication.dmarc.report.ReportSchedule}); a store may keep the rows instead, as
 * {@link org.thurn.authentication.dmarc.report.RowCodec} writes them, behind {@link
 * org.thurn.authentication.dmarc.report.ReportRows}. {@link
 * org.thurn.authentication.dmarc.report.AggregateReportWriter} writes the XML, {@link
 * org.thurn.authentication.dmarc.report.ReportMail} the message, to those whom {@link
 * org.thurn.authentication.dmarc.report.ExternalDestinations} lets pass. What others report about
 * our domains is taken out of its message by {@link
 * org.thurn.authentication.dmarc.report.ReceivedMail} and read by {@link
 * org.thurn.authentication.dmarc.report.AggregateReportReader} and {@link
 * org.thurn.authentication.dmarc.report.FailureReportReader}: all of it is a stranger's and
 * bounded.
 *
 * <p>RFC 9990, RFC 9991; the forms of RFC 7489 and RFC 6591; RFC 6590 for what is left out.
 */
@NullMarked
package org.thurn.authentication.dmarc.report;

import org.jspecify.annotations.NullMarked;
