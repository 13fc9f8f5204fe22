package org.thurn.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainPatternTest {
  @ParameterizedTest
  @CsvSource({
    "bank.example,     bank.example,        true",
    "Bank.Example.,    bank.example,        true",
    "bank.example,     mail.bank.example,   false",
    "bank.example,     example,             false",
    "bank.example,     xbank.example,       false",
    "*.bank.example,   bank.example,        false",
    "*.bank.example,   mail.bank.example,   true",
    "*.BANK.example,   a.b.bank.example,    true",
    "*.bank.example,   xbank.example,       false",
    "bücher.example,   xn--bcher-kva.example,   true",
    "*.bücher.example, a.xn--bcher-kva.example, true",
    "*.xn--bcher-kva.example, a.BÜCHER.example, true",
  })
  void aDomainIsItselfAndAStarIsWhatLiesBelow(String pattern, String domain, boolean matches)
      throws NameSyntaxException {
    assertThat(DomainPattern.parse(pattern).matches(Domain.parse(domain))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "Bank.Example, bank.example",
    "*.Bank.Example, *.bank.example",
    "*.bücher.example, *.xn--bcher-kva.example"
  })
  void itIsShownAsItIsRead(String text, String shown) throws NameSyntaxException {
    assertThat(DomainPattern.parse(text)).hasToString(shown);
    assertThat(DomainPattern.parse(shown)).isEqualTo(DomainPattern.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.", ".bank.example", "a.*.example", "*.*.example", "a b"})
  void anythingElseIsNone(String text) {
    assertThatThrownBy(() -> DomainPattern.parse(text)).isInstanceOf(NameSyntaxException.class);
  }
}
