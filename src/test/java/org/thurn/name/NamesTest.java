package org.thurn.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "example.org,example.org",
    "EXAMPLE.Org,example.org",
    "example.org.,example.org",
    "a,a",
    "1.2.3.4,1.2.3.4",
    "3com.com,3com.com",
    "a--b.x,a--b.x",
    "bücher.example,xn--bcher-kva.example",
    "BÜCHER.example,xn--bcher-kva.example",
    "faß.de,xn--fa-hia.de",
    "日本語。jp,xn--wgv71a119e.jp",
    "xn--bcher-kva.example,xn--bcher-kva.example"
  })
  void domains(String text, String ascii) throws NameSyntaxException {
    assertThat(Domain.parse(text).ascii()).isEqualTo(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".a",
        "a..b",
        "a.-b",
        "a-.b",
        "a_b",
        "a b",
        "a@b",
        "a\u0000",
        "*.a",
        "a/b",
        "[1.2.3.4]",
        "-",
        "ü_.de",
        "a\u200bb-.de",
        "a%b",
        "ex\u202eample"
      })
  void whatIsNoDomain(String text) {
    assertThatThrownBy(() -> Domain.parse(text)).isInstanceOf(NameSyntaxException.class);
  }

  @Test
  void domainLimits() throws NameSyntaxException {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertThat(Domain.parse(longest).ascii()).hasSize(253);
    assertThatThrownBy(() -> Domain.parse(longest + "a")).isInstanceOf(NameSyntaxException.class);
    assertThatThrownBy(() -> Domain.parse(label + "a.b")).isInstanceOf(NameSyntaxException.class);
    assertThatThrownBy(() -> Domain.parse("ü".repeat(63) + ".b"))
        .isInstanceOf(NameSyntaxException.class);
  }

  @Test
  void noInvalidDomainCanBeMade() {
    assertThatThrownBy(() -> new Domain("Upper.case")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Domain("a.")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void domainRelations() {
    Domain domain = Domain.of("a.b.example");
    assertThat(domain.labels()).containsExactly("a", "b", "example");
    assertThat(domain.parent()).hasValue(Domain.of("b.example"));
    assertThat(Domain.of("example").parent()).isEmpty();
    assertThat(domain.isWithin(Domain.of("b.example"))).isTrue();
    assertThat(domain.isWithin(domain)).isTrue();
    assertThat(Domain.of("xb.example").isWithin(Domain.of("b.example"))).isFalse();
    assertThat(Domain.of("xn--bcher-kva.example").unicode()).isEqualTo("bücher.example");
    assertThat(Domain.of("xn--a.example").unicode()).isEqualTo("xn--a.example");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1",
    "2001:DB8:0:0:0:0:0:1,2001:db8::1",
    "::,::",
    "::1,::1",
    "1::,1::",
    "1:0:0:2:0:0:0:3,1:0:0:2::3",
    "1:0:0:2:3:0:0:4,1::2:3:0:0:4",
    "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
    "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8",
    "64:ff9b::192.0.2.1,64:ff9b::c000:201"
  })
  void ipAddresses(String text, String formatted) throws NameSyntaxException {
    assertThat(IpAddress.format(IpAddress.parse(text))).isEqualTo(formatted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.4 ",
        "0x7f.0.0.1",
        "localhost",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "fe80::1%eth0",
        "12345::",
        "::1.2.3",
        "[::1]",
        "a.b:c"
      })
  void whatIsNoIpAddress(String text) {
    assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(NameSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "[192.0.2.1],[192.0.2.1]",
    "[IPv6:2001:db8::1],[IPv6:2001:db8::1]",
    "[ipv6:::1],[IPv6:::1]"
  })
  void addressLiterals(String text, String ascii) throws NameSyntaxException {
    assertThat(AddressLiteral.parse(text).ascii()).isEqualTo(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[1.2.3.4",
        "1.2.3.4]",
        "[::1]",
        "[IPv6:1.2.3.4]",
        "[x-tag:abc]",
        "[ 1.2.3.4]",
        "[example.org]",
        "[IPv6:]"
      })
  void whatIsNoAddressLiteral(String text) {
    assertThatThrownBy(() -> AddressLiteral.parse(text)).isInstanceOf(NameSyntaxException.class);
  }
}
