package org.thurn.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPolicyTest {
  private static final Optional<String> FORWARDER = Optional.of("lists.example");

  private static DmarcResult result(String record, String... identifiers) {
    FakeDns dns = new FakeDns().record("example.com", "v=DMARC1; " + record);
    return Judging.evaluate(dns, "example.com", identifiers);
  }

  private static String kind(Disposition disposition) {
    return switch (disposition) {
      case Disposition.Accept _ -> "accept";
      case Disposition.Junk _ -> "junk";
      case Disposition.Reject _ -> "reject";
      case Disposition.Defer _ -> "defer";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "p=none, accept, ''",
    "p=quarantine, junk, ''",
    "p=reject, reject, ''",
    "p=reject; t=y, junk, POLICY_TEST_MODE",
    "p=quarantine; t=y, accept, POLICY_TEST_MODE",
    "p=none; t=y, accept, ''",
  })
  void whatOwnersAskFor(String record, String kind, String overrides) {
    Disposition disposition = LocalPolicy.DEFAULT.decide(result(record), Optional.empty());
    assertThat(kind(disposition)).isEqualTo(kind);
    assertThat(disposition.overrides().stream().map(o -> o.type().name()))
        .isEqualTo(overrides.isEmpty() ? List.of() : List.of(overrides));
  }

  @Test
  void aTrustedForwarder() {
    Disposition disposition = LocalPolicy.DEFAULT.decide(result("p=reject"), FORWARDER);
    assertThat(kind(disposition)).isEqualTo("accept");
    assertThat(disposition.overrides())
        .containsExactly(
            new PolicyOverride(OverrideType.TRUSTED_FORWARDER, "arc=pass by lists.example"));
    assertThat(disposition.reason())
        .isEqualTo(
            "nothing vouches for example.com; p=reject of example.com holds;"
                + " arc=pass by lists.example, whom we trust");
    assertThat(LocalPolicy.DEFAULT.decide(result("p=none"), FORWARDER).overrides()).isEmpty();
    LocalPolicy hard =
        new LocalPolicy(List.of(), false, LocalRule.Action.JUNK, LocalRule.Action.REJECT, false);
    assertThat(kind(hard.decide(result("p=reject"), FORWARDER))).isEqualTo("reject");
  }

  @Test
  void rulesOfOurOwn() throws DmarcSyntaxException {
    LocalRule lists =
        new LocalRule(
            DomainPattern.parse("example.com"),
            LocalRule.Action.ACCEPT,
            OverrideType.MAILING_LIST,
            "known lists");
    LocalRule rest = LocalRule.of(DomainPattern.parse("*"), LocalRule.Action.JUNK);
    LocalPolicy policy =
        new LocalPolicy(
            List.of(lists, rest), true, LocalRule.Action.JUNK, LocalRule.Action.REJECT, true);
    Disposition disposition = policy.decide(result("p=reject; t=y"), FORWARDER);
    assertThat(kind(disposition)).isEqualTo("accept");
    assertThat(disposition.overrides())
        .containsExactly(
            new PolicyOverride(OverrideType.POLICY_TEST_MODE, "t=y"),
            new PolicyOverride(OverrideType.MAILING_LIST, "known lists"));
    FakeDns dns = new FakeDns().record("other.example", "v=DMARC1; p=quarantine");
    Disposition other = policy.decide(Judging.evaluate(dns, "other.example"), Optional.empty());
    assertThat(kind(other)).isEqualTo("junk");
    assertThat(other.overrides()).isEmpty();
    assertThat(kind(policy.decide(result("p=reject", "spf=pass:example.com"), FORWARDER)))
        .isEqualTo("accept");
    assertThatThrownBy(
            () -> new LocalRule(rest.authors(), rest.action(), OverrideType.POLICY_TEST_MODE, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "example.com, a.example.com, false",
    "*.example.com, a.b.example.com, true",
    "*.example.com, example.com, false",
    "*.example.com, xexample.com, false",
    "*, anything.example, true",
  })
  void patterns(String pattern, String name, boolean matches) throws DmarcSyntaxException {
    DomainPattern parsed = DomainPattern.parse(pattern);
    assertThat(parsed.matches(DomainName.of(name))).isEqualTo(matches);
    assertThat(parsed).hasToString(pattern);
    assertThatThrownBy(() -> DomainPattern.parse("**." + pattern))
        .isInstanceOf(DmarcSyntaxException.class);
  }

  /** Nobody gets past a policy by a signature whose key cannot be fetched. */
  @ParameterizedTest
  @CsvSource({"p=reject, defer", "p=quarantine, defer", "p=none, accept"})
  void failuresOfTheDns(String record, String kind) {
    DmarcResult result = result(record, "dkim=temperror:example.com");
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.TEMPERROR);
    assertThat(kind(LocalPolicy.DEFAULT.decide(result, Optional.empty()))).isEqualTo(kind);
    assertThat(kind(LocalPolicy.DEFAULT.decide(result, FORWARDER))).isEqualTo("accept");
  }

  @Test
  void anUnknownPolicyHoldsNobodyUp() {
    DmarcResult result =
        Judging.evaluate(new FakeDns().silent("_dmarc.example.com"), "example.com");
    assertThat(kind(LocalPolicy.DEFAULT.decide(result, Optional.empty()))).isEqualTo("accept");
  }

  @ParameterizedTest
  @CsvSource({
    "NO_FIELD, accept",
    "NO_DOMAIN, junk",
    "UNREADABLE_ADDRESS, junk",
    "SEVERAL_FIELDS, reject",
    "TOO_MANY_DOMAINS, reject",
  })
  void messagesWithoutOneAuthor(AuthorDomains.Problem problem, String kind) {
    DmarcResult result =
        Judging.evaluate(new FakeDns(), Judging.request(new AuthorDomains(List.of(), problem)));
    assertThat(kind(LocalPolicy.DEFAULT.decide(result, Optional.empty()))).isEqualTo(kind);
  }

  @Test
  void aBrokenRecordIsNoPolicy() {
    assertThat(kind(LocalPolicy.DEFAULT.decide(result("p=deny"), Optional.empty())))
        .isEqualTo("accept");
  }
}
