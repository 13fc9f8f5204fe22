package org.thurn.authentication.dmarc.report;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurn.authentication.dmarc.OverrideType;

/**
 * Why the owner's policy was not done: RFC 9990 §3.1.6.
 *
 * @param type one of {@link #TYPES}
 * @param comment for people; or empty
 */
public record ReportReason(String type, String comment) {
  /** Those of RFC 9990, and two that only RFC 7489 has. */
  static final Set<String> TYPES =
      Stream.concat(
              Stream.of(OverrideType.values()).map(OverrideType::word),
              Stream.of("forwarded", "sampled_out"))
          .collect(Collectors.toUnmodifiableSet());

  public ReportReason {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException("no type of an override: " + type);
    }
  }
}
