package org.thurn.tls.tlsrpt;

import java.util.List;

/**
 * The policy that applied, RFC 8460 §4.4.
 *
 * @param strings the policy itself: the TLSA records as a zone has them, or the lines of the
 *     MTA-STS policy; none where there is no policy
 * @param domain which the mail is for
 * @param mxHosts the patterns of an MTA-STS policy, or the host that TLSA records are of
 */
public record ReportedPolicy(
    PolicyType type, List<String> strings, String domain, List<String> mxHosts) {
  public ReportedPolicy {
    strings = List.copyOf(strings);
    mxHosts = List.copyOf(mxHosts);
  }
}
