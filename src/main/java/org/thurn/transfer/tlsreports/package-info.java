/**
 * TLS reports, in both directions. {@link org.thurn.transfer.tlsreports.TlsReports} is the whole of
 * what goes out: it hears from {@code transfer.relay} how TLS went, counts it as {@code
 * transfer.reports} counts for DMARC, and once a day tells each domain that asks for it: by a
 * message in the queue, or by an HTTPS post that waits in the {@code Outbox} until it is taken.
 * What others report of us comes by mail ({@code TlsReportReading}) or by HTTPS, through {@link
 * org.thurn.transfer.tlsreports.TlsReportIntake}, and is kept by {@link
 * org.thurn.transfer.tlsreports.ReceivedTlsReports}.
 *
 * <p>RFC 8460.
 */
@NullMarked
package org.thurn.transfer.tlsreports;

import org.jspecify.annotations.NullMarked;
