package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.Host;
import org.thurn.name.NameSyntaxException;

class RouteTest {
  @ParameterizedTest
  @CsvSource({
    "smart.example, 25, false, OPPORTUNISTIC",
    "smart.example, 587, true, REQUIRED",
    "[192.0.2.1], 587, true, REQUIRED",
    "[127.0.0.1], 587, true, OPPORTUNISTIC",
    "smart.example, 465, true, IMPLICIT",
    "smart.example, 465, false, IMPLICIT",
  })
  void aPasswordGoesOnlyToWhomACertificateProves(
      String host, int port, boolean password, TlsUse expected) throws NameSyntaxException {
    Optional<Credentials> credentials =
        password ? Optional.of(new Credentials("alice", "secret")) : Optional.empty();
    assertThat(Route.Via.of(Host.parse(host), port, credentials).tls()).isEqualTo(expected);
  }
}
