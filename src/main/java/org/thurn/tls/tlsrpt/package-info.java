/**
 * TLS reports: once a day a sender tells a domain how TLS to its mail hosts went.
 *
 * <p>A domain asks for them by the {@link org.thurn.tls.tlsrpt.TlsRptRecord} at {@code _smtp._tls}.
 * A {@link org.thurn.tls.tlsrpt.TlsReport} has one {@link org.thurn.tls.tlsrpt.PolicyResult} for
 * each policy that applied, with the sessions that succeeded, those that failed and why ({@link
 * org.thurn.tls.tlsrpt.ResultType}). {@link org.thurn.tls.tlsrpt.TlsReportWriter} writes it as
 * JSON, {@link org.thurn.tls.tlsrpt.TlsReportReader} reads those of strangers within limits, and
 * {@link org.thurn.tls.tlsrpt.ReportGzip} packs and unpacks them.
 *
 * <p>RFC 8460. Entries: {@link org.thurn.tls.tlsrpt.TlsRptRecord#read}, {@link
 * org.thurn.tls.tlsrpt.TlsReportReader#read}.
 */
@NullMarked
package org.thurn.tls.tlsrpt;

import org.jspecify.annotations.NullMarked;
