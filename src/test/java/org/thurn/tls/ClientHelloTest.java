package org.thurn.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hellos of the JDK's own TLS, whole and broken. */
class ClientHelloTest {
  /** The first record that the JDK's client sends. */
  private static byte[] record() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName("MX.own.example")));
    parameters.setApplicationProtocols(new String[] {"acme-tls/1", "h2"});
    engine.setSSLParameters(parameters);
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static ClientHello read(byte[] octets) throws IOException {
    HelloReader reader = new HelloReader();
    ClientHello hello = reader.read(new ByteArrayInputStream(octets));
    assertThat(octets).startsWith(reader.octets());
    return hello;
  }

  private static void assertWhole(ClientHello hello) {
    assertThat(hello.serverName()).contains("mx.own.example");
    assertThat(hello.protocols()).containsExactly("acme-tls/1", "h2");
    assertThat(hello.checksEcdsa()).isTrue();
  }

  @Test
  void whatItSaysIsRead() throws Exception {
    assertWhole(read(record()));
  }

  @Test
  void itMayComeInSmallRecords() throws Exception {
    byte[] whole = record();
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (int at = 5; at < whole.length; at += 3) {
      int length = Math.min(3, whole.length - at);
      parts.writeBytes(new byte[] {22, 3, 1, 0, (byte) length});
      parts.write(whole, at, length);
    }
    assertWhole(read(parts.toByteArray()));
  }

  @Test
  void whatEndsEarlyOrIsChangedIsReadWithoutHarm() throws Exception {
    byte[] whole = record();
    for (int length = 0; length < whole.length; length++) {
      assertThat(read(Arrays.copyOf(whole, length))).isEqualTo(ClientHello.UNKNOWN);
    }
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = whole.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      assertThat(read(changed)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EHLO mx.example\r\n", "GET / HTTP/1.1\r\n\r\n", ""})
  void whatIsNoTlsIsLeftToTheLibrary(String text) throws Exception {
    assertThat(read(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .isEqualTo(ClientHello.UNKNOWN);
  }

  @Test
  void oneThatIsTooLongIsNotReadToItsEnd() throws Exception {
    byte[] header = {22, 3, 1, 64, 0, 1, 0, (byte) 255, (byte) 255};
    byte[] octets = Arrays.copyOf(header, 5 + (64 << 8) + 100_000);
    HelloReader reader = new HelloReader();

    assertThat(reader.read(new ByteArrayInputStream(octets))).isEqualTo(ClientHello.UNKNOWN);

    assertThat(reader.octets().length).isLessThanOrEqualTo(HelloReader.MAX_HELLO + 5);
  }
}
