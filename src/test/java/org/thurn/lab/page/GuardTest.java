package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, , , GET, true",
    "localhost:8080, , , GET, true",
    "[::1]:8080, , , GET, true",
    "127.0.0.1, , , GET, true",
    "evil.example:8080, , , GET, false",
    "127.0.0.1.evil.example, , , GET, false",
    "'', , , GET, false",
    "127.0.0.1:8080, http://127.0.0.1:8080, same-origin, POST, true",
    "127.0.0.1:8080, , , POST, true", // no browser: curl
    "127.0.0.1:8080, http://evil.example, cross-site, POST, false",
    "127.0.0.1:8080, http://127.0.0.1:9090, same-site, POST, false",
    "127.0.0.1:8080, http://localhost:8080, , POST, false",
    "127.0.0.1:8080, https://127.0.0.1:8080, , POST, false",
    "127.0.0.1:8080, 'null', , POST, false",
    "127.0.0.1:8080, , cross-site, POST, false",
    "evil.example, http://evil.example, same-origin, POST, false",
    "127.0.0.1:8080, , cross-site, GET, true" // a link that leads here
  })
  void onlyOurOwnPagesMaySend(
      String host, String origin, String fetchSite, String method, boolean allowed) {
    Optional<String> refusal =
        Guard.refusal(
            host,
            Optional.ofNullable(origin),
            Optional.ofNullable(fetchSite),
            method.equals("POST"));
    assertThat(refusal.isEmpty()).isEqualTo(allowed);
  }
}
