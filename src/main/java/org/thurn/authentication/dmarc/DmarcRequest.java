package org.thurn.authentication.dmarc;

import java.util.List;
import java.util.Optional;

/**
 * A message to be judged.
 *
 * @param authors the domains that people see
 * @param spf what SPF found, if it was asked
 * @param dkim what DKIM found, for each signature that was looked at
 */
public record DmarcRequest(AuthorDomains authors, Optional<SpfInput> spf, List<DkimInput> dkim) {
  public DmarcRequest {
    dkim = List.copyOf(dkim);
  }
}
