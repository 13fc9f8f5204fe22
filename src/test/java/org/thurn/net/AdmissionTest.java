package org.thurn.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.IpAddress;
import org.thurn.net.ConnectionHandler.Limit;
import org.thurn.time.Time;

class AdmissionTest {
  private final HandClock clock = new HandClock();

  private Admission admission(int connections, int perAddress, int perMinute) {
    ListenerSettings settings =
        ListenerSettings.tcp("smtp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new Admission(
        settings.withLimits(connections, perAddress, perMinute), new Descriptors(1_000), clock);
  }

  private static Endpoint from(String address) {
    return new Endpoint(Optional.of(IpAddress.of(address)), 1);
  }

  @Test
  void countsAllConnections() {
    Admission admission = admission(2, 0, 0);

    assertThat(admission.enter(from("192.0.2.1"))).isEmpty();
    assertThat(admission.enter(from("192.0.2.2"))).isEmpty();
    assertThat(admission.enter(from("192.0.2.3"))).contains(Limit.CONNECTIONS);
    admission.leave(from("192.0.2.1"));
    assertThat(admission.enter(from("192.0.2.3"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::1, 2001:db8::ffff:2, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
  })
  void aHostOfIpv6IsItsSlash64(String first, String second, boolean same) {
    Admission admission = admission(0, 1, 0);
    admission.enter(from(first));

    assertThat(admission.enter(from(second)).isPresent()).isEqualTo(same);
    admission.leave(from(first));
    assertThat(admission.enter(from(first)).isPresent()).isFalse();
  }

  @Test
  void theRateComesBackWithTime() {
    Admission admission = admission(0, 0, 2);
    Endpoint peer = from("192.0.2.1");

    assertThat(admission.enter(peer)).isEmpty();
    assertThat(admission.enter(peer)).isEmpty();
    assertThat(admission.enter(peer)).contains(Limit.RATE_PER_ADDRESS);
    assertThat(admission.enter(from("192.0.2.2"))).isEmpty();
    clock.ticks += Duration.ofSeconds(29).toNanos();
    assertThat(admission.enter(peer)).contains(Limit.RATE_PER_ADDRESS);
    clock.ticks += Duration.ofSeconds(2).toNanos();
    assertThat(admission.enter(peer)).isEmpty();
    assertThat(admission.enter(peer)).contains(Limit.RATE_PER_ADDRESS);
  }

  @Test
  void localSocketsAreOnlyCounted() {
    Admission admission = admission(2, 1, 1);
    Endpoint unix = new Endpoint(Optional.empty(), 0);

    assertThat(admission.enter(unix)).isEmpty();
    assertThat(admission.enter(unix)).isEmpty();
    assertThat(admission.enter(unix)).contains(Limit.CONNECTIONS);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "127.0.0.1, 127.0.0.1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::/0, 192.0.2.1, false",
  })
  void networksContainTheirAddresses(String network, String address, boolean inside)
      throws Exception {
    assertThat(IpNetwork.parse(network).contains(IpAddress.of(address))).isEqualTo(inside);
  }

  private static final class HandClock implements Time {
    private long ticks;

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long ticks() {
      return ticks;
    }

    @Override
    public void pause(Duration duration) {
      ticks += duration.toNanos();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "256, 96, 32, 72",
    "1024, 384, 128, 288",
    "4096, 2816, 256, 2112",
    "524288, 523008, 256, 392256",
    "1073741816, 16775936, 256, 12581952",
    "9223372036854775807, 16775936, 256, 12581952",
    "-1, 16775936, 256, 12581952",
  })
  void listenersLeaveDescriptorsForTheRest(long limit, int sessions, int refusals, int one) {
    Descriptors descriptors = new Descriptors(limit);

    assertThat(descriptors.sessions().availablePermits()).isEqualTo(sessions);
    assertThat(descriptors.refusals().availablePermits()).isEqualTo(refusals);
    assertThat(descriptors.perListener()).isEqualTo(one);
  }

  @Test
  void listenersShareTheDescriptorsAndNoneTakesAll() {
    Descriptors descriptors = new Descriptors(10); // 4 sessions, 3 of one listener, 1 refusal
    ListenerSettings settings =
        ListenerSettings.tcp("smtp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Admission smtp = new Admission(settings, descriptors, clock);
    Admission imap = new Admission(settings, descriptors, clock);

    for (int i = 1; i <= 3; i++) {
      assertThat(smtp.enter(from("192.0.2." + i))).isEmpty();
    }
    assertThat(smtp.enter(from("192.0.2.4"))).contains(Limit.CONNECTIONS);
    assertThat(imap.enter(from("192.0.2.5"))).isEmpty();
    assertThat(imap.enter(from("192.0.2.6"))).contains(Limit.CONNECTIONS);
    smtp.leave(from("192.0.2.1"));
    assertThat(imap.enter(from("192.0.2.6"))).isEmpty();
  }
}
