package org.thurn.authentication.spf;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where pyspf 2.0.14 and we differ, and what RFC 7208 says of it. Each is told by what the records
 * of the case hold and by what pyspf says.
 */
enum PyspfDifference {
  MX_HOSTS(
      "§4.6.4: the evaluation of an mx must not query more than ten names for addresses, and is a"
          + " permerror when it would. We end at the first host that matches, pyspf counts all hosts"
          + " before it looks at one.",
      "mx:many\\.",
      "SPF Permanent Error: More than 10 MX records returned"),
  VOID_LOOK_UPS(
      "§4.6.4: what is limited is the number of terms whose queries find nothing. pyspf counts the"
          + " queries: an mx of three hosts without IPv6 is too much of it for a client of IPv6.",
      "mx:plain\\.|ptr|%\\{[pP]",
      "SPF Permanent Error: Void lookup limit of 2 exceeded"),
  UNKNOWN_TWICE(
      "§6: unrecognized modifiers are ignored, however often they are there.",
      "moo=.* moo=",
      "SPF Permanent Error: moo= MUST appear at most once.*"),
  OWN_INCLUDE(
      "§4.6.2: mechanisms are evaluated from left to right, until one matches; what would loop"
          + " further right is no mistake of syntax (§4.6), and ends at the limit of §4.6.4.",
      "include:",
      "SPF Permanent Error: include has trivial recursion.*"),
  ZERO_PARTS("§7.3: the number of parts must be nonzero.", "%\\{d0}", ".*"),
  DELIMITER_BEFORE_R(
      "§7.1: transformers stand before delimiters, so that %{d-r} is a mistake, wherever it is"
          + " (§4.6).",
      "%\\{d-r}", ".*"),
  UPPER_CASE(
      "§4.6.1 with RFC 5234 §2.3: names are written in any case, those of modifiers too.",
      "Redirect=",
      ".*"),
  PERCENT_AT_END(
      "§7.1: %% is a percent sign, also at the end of the text.",
      "%%\" *$", "SPF fail - not authorized"),
  PERCENT_AND_OTHER(
      "§7.1: behind %% a third % begins anew, and %( is a mistake.", "%%%\\(", ".*%\\("),
  NO_LOCAL_PART(
      "§4.3: where the sender has no local part it is postmaster, also in the macro s.",
      "%\\{[sS]",
      ".*"),
  JOINED_BY_DOTS(
      "§7.3: the parts are joined by dots, whatever they were split at; pyspf does so for l and s"
          + " only.",
      "%\\{[odivphcrtODIVPHCRT][0-9]*r?[.]*[-+,/_=][-+,/_=.]*}",
      ".*");

  private final String rule;
  private final Pattern records;
  private final Pattern words;

  PyspfDifference(String rule, String records, String words) {
    this.rule = rule;
    this.records = Pattern.compile(records);
    this.words = Pattern.compile(words, Pattern.DOTALL);
  }

  /** What the RFC says. */
  String rule() {
    return rule;
  }

  /** Whether the outcome may be another for it; else only words or names that are asked for. */
  private boolean concernsOutcome() {
    return switch (this) {
      case MX_HOSTS, VOID_LOOK_UPS, UNKNOWN_TWICE, OWN_INCLUDE -> true;
      case ZERO_PARTS, DELIMITER_BEFORE_R, UPPER_CASE -> true;
      case PERCENT_AT_END, PERCENT_AND_OTHER, JOINED_BY_DOTS, NO_LOCAL_PART -> false;
    };
  }

  private boolean explains(SpfCase one, boolean outcome, String said) {
    boolean sender = this != NO_LOCAL_PART || one.sender().startsWith("@");
    return sender
        && (concernsOutcome() || !outcome)
        && words.matcher(said).matches()
        && one.mentions(records);
  }

  /**
   * The first that explains it.
   *
   * @param outcome whether the outcome is another
   * @param said what pyspf says
   */
  static Optional<PyspfDifference> of(SpfCase one, boolean outcome, String said) {
    return Arrays.stream(values()).filter(d -> d.explains(one, outcome, said)).findFirst();
  }
}
