package org.thurn.transfer.policy;

import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.inbound.InboundResult;
import org.thurn.authentication.spf.SpfResult;

/** Why a finding is one, in a sentence. */
final class Reasons {
  private Reasons() {}

  static String of(Finding finding, InboundResult result) {
    return switch (finding) {
      case HELO_FAIL -> reason(result.helo());
      case SPF_FAIL, SPF_SOFTFAIL, SPF_PERMERROR -> reason(result.mailFrom());
      case DKIM_FAIL ->
          result.dkim().stream().map(DkimResult::sentence).collect(Collectors.joining("; "));
      case ARC_FAIL -> result.arc().reason();
      case UNAUTHENTICATED -> "neither SPF nor DKIM names anybody who answers for the message";
    };
  }

  private static String reason(Optional<SpfResult> spf) {
    return spf.map(SpfResult::reason).orElse("");
  }
}
