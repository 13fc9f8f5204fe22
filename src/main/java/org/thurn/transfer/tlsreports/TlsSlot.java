package org.thurn.transfer.tlsreports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.ReportedPolicy;
import org.thurn.tls.tlsrpt.SessionResult;
import org.thurn.transfer.reports.CountedSlot;

/**
 * Where a TLS session is counted.
 *
 * @param day of UTC, since 1970
 * @param domain which the mail is for, in ASCII
 * @param policy that applied
 * @param failure how it failed, of one session; empty if it did not
 */
record TlsSlot(long day, String domain, ReportedPolicy policy, Optional<FailureDetails> failure) {
  /** Characters of a text that a server wrote; it may write another each time. */
  static final int MAX_TEXT = 300;

  /** Characters of all lines of a policy: of MTA-STS a domain may show 64 KiB. */
  static final int MAX_POLICY = 8_192;

  /** Patterns or hosts of a policy; nobody needs more. */
  static final int MAX_HOSTS = 50;

  /** Control characters, and halves of pairs. */
  private static final Pattern ODD = Pattern.compile("[\\p{Cc}\\p{Cs}]");

  /** What is counted of a session; empty if what it says to be its domain is none. */
  static Optional<TlsSlot> of(long day, SessionResult result) {
    ReportedPolicy policy = result.policy();
    String domain;
    try {
      domain = Domain.parse(policy.domain()).ascii().toLowerCase(Locale.ROOT);
    } catch (NameSyntaxException _) {
      return Optional.empty(); // there is nobody to be told
    }
    return Optional.of(
        new TlsSlot(
            day,
            domain,
            new ReportedPolicy(
                policy.type(),
                within(policy.strings()),
                domain,
                policy.mxHosts().stream().limit(MAX_HOSTS).map(TlsSlot::cut).toList()),
            result.failure().map(TlsSlot::small)));
  }

  private static List<String> within(List<String> strings) {
    List<String> kept = new ArrayList<>();
    int characters = 0;
    for (String line : strings) {
      characters += line.length() + 1;
      if (characters > MAX_POLICY) {
        break;
      }
      kept.add(line);
    }
    return kept;
  }

  private static FailureDetails small(FailureDetails details) {
    return new FailureDetails(
        cut(details.resultType()),
        details.sendingAddress().map(TlsSlot::cut),
        details.receivingHost().map(TlsSlot::cut),
        details.receivingHelo().map(TlsSlot::cut),
        details.receivingAddress().map(TlsSlot::cut),
        1,
        details.additionalInformation().map(TlsSlot::cut),
        details.reasonCode().map(TlsSlot::cut));
  }

  private static String cut(String text) {
    String some = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    return ODD.matcher(some).replaceAll("\ufffd");
  }

  /** As it is stored. */
  CountedSlot stored() {
    return new CountedSlot(
        day,
        domain,
        TlsCodec.of(policy),
        TlsCodec.of(failure),
        Optional.of(TlsCodec.of(failure.map(TlsSlot::coarse))));
  }

  /** With its type alone, of which there are few. */
  private static FailureDetails coarse(FailureDetails details) {
    return new FailureDetails(
        details.resultType(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.empty());
  }

  /** As it is stored. */
  int octets() {
    return TlsCodec.of(policy).length + TlsCodec.of(failure).length;
  }
}
