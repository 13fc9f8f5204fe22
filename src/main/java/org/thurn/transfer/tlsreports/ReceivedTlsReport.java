package org.thurn.transfer.tlsreports;

import java.time.Instant;
import org.thurn.tls.tlsrpt.TlsReport;

/**
 * What another reported of one of our domains; all texts are theirs, made short and harmless.
 *
 * @param domain of ours
 * @param at when it came
 * @param reporter the domain that signed it; "" if it came by HTTPS, where anybody may write
 * @param report of this domain's policies alone
 * @param omitted failure details that there was no room for
 */
public record ReceivedTlsReport(
    String domain, Instant at, String reporter, TlsReport report, int omitted) {}
