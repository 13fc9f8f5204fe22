package org.thurn.tls;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeWordsTest {
  private static final String LIBRARY =
      "Read error: ssl=0x7f00c4: Failure in SSL library, usually a protocol error\n"
          + "error:1000042e:SSL routines:OPENSSL_internal:REASON (ssl/tls_record.cc:592 0x7f:0x1)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WRONG_VERSION_NUMBER           | the handshake failed: wrong version number
          TLSV1_ALERT_PROTOCOL_VERSION   | the other side ended the handshake: protocol version
          SSLV3_ALERT_HANDSHAKE_FAILURE  | the other side ended the handshake: handshake failure
          """)
  void isOneLineForPeople(String reason, String words) {
    assertThat(HandshakeWords.words(LIBRARY.replace("REASON", reason))).isEqualTo(words);
  }

  @Test
  void keepsOtherWordsAndLosesAddresses() {
    assertThat(HandshakeWords.words("Read error: ssl=0x7f00c4: I/O error, connection reset\nmore"))
        .isEqualTo("Read error: I/O error, connection reset");
    assertThat(HandshakeWords.words("connection closed")).isEqualTo("connection closed");
  }

  @Test
  void theLibrarysOwnIsTheCause() {
    SSLProtocolException library = new SSLProtocolException(LIBRARY);
    SSLException readable = HandshakeWords.of(library);
    assertThat(readable).hasCause(library).hasMessage("the handshake failed: reason");
  }
}
