package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {
  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void make() throws Exception {
    server = new TestServer(folder);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void theQueueAndItsNotificationsKnowOneExpiry() throws Exception {
    server.configure(
        TestServer.listener("smtp", 0)
            + """
            [queue]
            first-retry = "1m"
            longest-retry = "1h"
            expire-after = "2d"
            delay-notice = "3h"
            """);
    Settings settings = SettingsReader.read(server.config());

    assertThat(Wiring.queue(settings).retry().first()).isEqualTo(Duration.ofMinutes(1));
    assertThat(Wiring.queue(settings).retry().longest()).isEqualTo(Duration.ofHours(1));
    assertThat(Wiring.queue(settings).retry().expiry()).isEqualTo(Duration.ofDays(2));
    assertThat(Wiring.queue(settings).retry().delayNotice()).isEqualTo(Duration.ofHours(3));
    assertThat(Wiring.notifications(settings).lifetime()).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void aPasswordFileThatIsEmptyIsNamedAndNothingStaysOpen() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "\n");
    server.configure(
        TestServer.listener("smtp", 0)
            + """
            [[route]]
            domain = "*"
            host = "smarthost.example"
            user = "me"
            password-file = "password"
            """);

    assertThatThrownBy(server::start)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("password-file cannot be used: " + file + " is empty");
    Files.writeString(file, "secret\n");
    server.start();
    assertThat(server.port("smtp")).isPositive();
  }

  @Test
  void whatIsOpenedIsClosedTheOtherWayRoundEvenIfOnePartFails() {
    StringBuilder order = new StringBuilder();
    Opened opened = new Opened();
    opened.keep(() -> order.append("first "));
    opened.keep(
        () -> {
          throw new IllegalStateException("stuck");
        });
    opened.keep(() -> order.append("last "));

    assertThatThrownBy(opened::close).hasSuppressedException(new IllegalStateException("stuck"));
    assertThat(order).hasToString("last first ");
  }
}
