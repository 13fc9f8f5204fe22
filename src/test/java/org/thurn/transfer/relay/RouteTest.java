package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.Host;
import org.thurn.name.NameSyntaxException;
import org.thurn.tls.policy.Level;

class RouteTest {
  @ParameterizedTest
  @CsvSource({
    "smart.example, 25, false, , OPPORTUNISTIC, false",
    "smart.example, 25, false, DANE_ONLY, DANE_ONLY, false",
    "smart.example, 587, true, , VERIFY, false",
    "[192.0.2.1], 587, true, , VERIFY, false",
    "[127.0.0.1], 587, true, , OPPORTUNISTIC, false",
    "smart.example, 465, true, , VERIFY, true",
    "smart.example, 465, false, , VERIFY, true",
  })
  void aPasswordGoesOnlyToWhomACertificateProves(
      String host,
      int port,
      boolean password,
      @Nullable Level wanted,
      Level expected,
      boolean implicitTls)
      throws NameSyntaxException {
    Optional<Credentials> credentials =
        password ? Optional.of(new Credentials("alice", "secret")) : Optional.empty();
    Route.Via via = Route.Via.of(Host.parse(host), port, Optional.ofNullable(wanted), credentials);
    assertThat(via.level()).isEqualTo(expected);
    assertThat(via.implicitTls()).isEqualTo(implicitTls);
  }
}
