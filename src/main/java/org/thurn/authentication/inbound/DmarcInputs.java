package org.thurn.authentication.inbound;

import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.AuthorDomains;
import org.thurn.authentication.dmarc.DkimInput;
import org.thurn.authentication.dmarc.DmarcRequest;
import org.thurn.authentication.dmarc.SpfInput;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.name.Domain;

/** Tells DMARC what SPF and DKIM found. */
final class DmarcInputs {
  private DmarcInputs() {}

  static DmarcRequest request(
      AuthorDomains authors, Optional<SpfResult> mailFrom, List<DkimResult> dkim) {
    return new DmarcRequest(
        authors,
        mailFrom.map(DmarcInputs::input),
        dkim.stream().flatMap(r -> input(r).stream()).toList());
  }

  private static SpfInput input(SpfResult result) {
    AuthenticationCode code =
        switch (result.outcome()) {
          case NONE -> AuthenticationCode.NONE;
          case NEUTRAL -> AuthenticationCode.NEUTRAL;
          case PASS -> AuthenticationCode.PASS;
          case FAIL -> AuthenticationCode.FAIL;
          case SOFTFAIL -> AuthenticationCode.SOFTFAIL;
          case TEMPERROR -> AuthenticationCode.TEMPERROR;
          case PERMERROR -> AuthenticationCode.PERMERROR;
        };
    return new SpfInput(code, result.domain(), result.reason());
  }

  /** A signature that names no domain says nothing about one. */
  private static Optional<DkimInput> input(DkimResult result) {
    AuthenticationCode code =
        switch (result.outcome()) {
          case NONE -> AuthenticationCode.NONE;
          case PASS -> AuthenticationCode.PASS;
          case FAIL -> AuthenticationCode.FAIL;
          case POLICY -> AuthenticationCode.POLICY;
          case NEUTRAL -> AuthenticationCode.NEUTRAL;
          case TEMPERROR -> AuthenticationCode.TEMPERROR;
          case PERMERROR -> AuthenticationCode.PERMERROR;
        };
    return result
        .domain()
        .map(Domain::ascii)
        .map(d -> new DkimInput(code, d, result.selector().orElse(""), result.sentence()));
  }
}
