package org.thurn.authentication.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Messages and the records that they meet, made by chance from a seed. Left out is what Mail::DMARC
 * of 2021 does not know or decides by chance: np, t, psd, pct.
 */
final class MailDmarcCases {
  private static final List<String> POLICIES = List.of("none", "quarantine", "reject");
  private static final List<String> BELOW = List.of("", "a.", "b.", "a.b.", "x.y.z.");

  /**
   * One message.
   *
   * @param zone the records it meets, in master-file form
   * @param walked whether the tree leads where the list of public suffixes does
   */
  record Case(
      String author, SpfInput spf, List<DkimInput> dkim, List<String> zone, boolean walked) {}

  private final Random random;
  private int number;

  MailDmarcCases(long seed) {
    this.random = new Random(seed);
  }

  Case next() {
    String organization = "c" + number++ + (chance(3) ? ".co.test" : ".test");
    String author = any(BELOW) + organization;
    List<String> zone = new ArrayList<>();
    zone.add(organization + ". 60 IN A 192.0.2.1");
    boolean above = !chance(5);
    boolean own = chance(4) && !author.equals(organization);
    if (above) {
      zone.add(record(organization));
    }
    if (own) {
      zone.add(record(author));
    }
    if (chance(6)) {
      zone.add("_dmarc." + organization + ". 60 IN TXT \"v=spf1 -all\"");
    }
    List<DkimInput> dkim = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      AuthenticationCode code = chance(2) ? AuthenticationCode.PASS : AuthenticationCode.FAIL;
      dkim.add(new DkimInput(code, identifier(author, organization), "s" + i));
    }
    AuthenticationCode code =
        any(
            List.of(
                AuthenticationCode.PASS,
                AuthenticationCode.FAIL,
                AuthenticationCode.SOFTFAIL,
                AuthenticationCode.NEUTRAL));
    SpfInput spf = new SpfInput(code, identifier(author, organization));
    return new Case(author, spf, dkim, zone, above);
  }

  private String identifier(String author, String organization) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> author;
      case 2, 3 -> any(BELOW) + organization;
      case 4 -> "not" + organization;
      default -> any(BELOW) + "other.test";
    };
  }

  private String record(String domain) {
    List<String> tags = new ArrayList<>();
    if (chance(2)) {
      tags.add("sp=" + any(POLICIES));
    }
    for (String mode : List.of("adkim", "aspf")) {
      if (chance(2)) {
        tags.add(mode + "=" + any(List.of("r", "s")));
      }
    }
    if (chance(3)) {
      tags.add("rua=mailto:dmarc@" + domain);
    }
    if (chance(4)) {
      tags.add("fo=1");
    }
    tags.addFirst("p=" + any(POLICIES));
    String separator = chance(2) ? "; " : " ;";
    String text = "v=DMARC1" + separator + String.join(separator, tags) + (chance(2) ? ";" : "");
    return "_dmarc." + domain + ". 60 IN TXT \"" + text + "\"";
  }

  private boolean chance(int oneOf) {
    return random.nextInt(oneOf) == 0;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
