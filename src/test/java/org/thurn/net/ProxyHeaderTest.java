package org.thurn.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 192.0.2.1 192.0.2.2 56324 25, 192.0.2.1#56324, 192.0.2.2#25",
    "PROXY TCP6 2001:db8::1 2001:db8::2 1 65535, 2001:db8:0:0:0:0:0:1#1, "
        + "2001:db8:0:0:0:0:0:2#65535",
    "PROXY UNKNOWN, '', ''",
    "PROXY UNKNOWN ffff::1 ffff::2 1 2, '', ''",
  })
  void readsVersion1AndNotAnOctetMore(String line, String remote, String local) throws IOException {
    var in = new ByteArrayInputStream((line + "\r\nEHLO x").getBytes(StandardCharsets.US_ASCII));

    ProxyHeader header = ProxyHeader.read(in);

    assertThat(header.remote().map(Endpoint::toString).orElse("")).isEqualTo(remote);
    assertThat(header.local().map(Endpoint::toString).orElse("")).isEqualTo(local);
    assertThat(in.readAllBytes()).asString().isEqualTo("EHLO x");
  }

  @ParameterizedTest
  @CsvSource({
    "2111000cc0000201c0000202dc040019, 192.0.2.1#56324",
    // with a TLV after the addresses
    "21110010c0000201c0000202dc04001903000100, 192.0.2.1#56324",
    "2121002420010db800000000000000000000000120010db8000000000000000000000002dc040019, "
        + "2001:db8:0:0:0:0:0:1#56324",
    // LOCAL: a health check of the proxy itself
    "20000000, ''",
    "2000000cc0000201c0000202dc040019, ''",
    // AF_UNIX
    "21310000, ''",
  })
  void readsVersion2AndNotAnOctetMore(String hex, String remote) throws IOException {
    var in = new ByteArrayInputStream(HexFormat.of().parseHex(SIGNATURE + hex + "58"));

    ProxyHeader header = ProxyHeader.read(in);

    assertThat(header.remote().map(Endpoint::toString).orElse("")).isEqualTo(remote);
    assertThat(in.readAllBytes()).asString().isEqualTo("X");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 192.0.2.1 192.0.2.2 56324\r\n",
        "PROXY TCP4 192.0.2.1 host.example 56324 25\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 99999 25\r\n",
        "PROXY UDP4 192.0.2.1 192.0.2.2 1 25\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 25\n",
        "PROXY",
        "EHLO x.example\r\n",
        "P\r\n",
      })
  void refusesWhatIsNoHeader(String text) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> ProxyHeader.read(new ByteArrayInputStream(octets)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1111000c", "2211000c", "2111ffff", "21110004c0000201"})
  void refusesBrokenVersion2(String hex) {
    byte[] octets = HexFormat.of().parseHex(SIGNATURE + hex);

    assertThatThrownBy(() -> ProxyHeader.read(new ByteArrayInputStream(octets)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLineOfVersion1HasALimit() {
    byte[] octets =
        ("PROXY UNKNOWN " + "x".repeat(200) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> ProxyHeader.read(new ByteArrayInputStream(octets)))
        .hasMessage("not a PROXY header");
  }
}
