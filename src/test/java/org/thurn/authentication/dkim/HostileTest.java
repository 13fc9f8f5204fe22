package org.thurn.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.Disturbance;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.dns.ZoneTree;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/** Whoever wants to cost much costs little. */
class HostileTest {
  private static final Random RANDOM = new Random(8301);

  private final KeyZone zone = new KeyZone().with(Mail.RSA).with(Mail.ED);

  private interface Work {
    void run() throws Exception;
  }

  /** Processor time of this thread in milliseconds, so that a busy machine is no matter. */
  private static long cost(Work work) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - before) / 1_000_000;
  }

  private static String field(SigningKey key, String... changes) {
    String message = Mail.signedWith(Mail.TEXT, key, changes);
    return message.substring(0, message.length() - Mail.TEXT.length());
  }

  @Test
  void aHundredSignatures() throws Exception {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      message.append(field(Mail.ED, "l=" + i, "s=selector" + i));
    }
    List<DkimResult> results = Mail.verify(message + Mail.TEXT, zone);
    assertThat(results).hasSize(100);
    assertThat(results.subList(0, DkimVerifier.MAX_SIGNATURES))
        .allMatch(r -> r.cause() == Cause.NO_KEY);
    assertThat(results.subList(DkimVerifier.MAX_SIGNATURES, 100))
        .allMatch(r -> r.cause() == Cause.NOT_LOOKED_AT)
        .allMatch(r -> r.domain().isPresent());
    assertThat(zone.asked).hasSize(DkimVerifier.MAX_SIGNATURES);
    String whole = message + Mail.TEXT;
    assertThat(cost(() -> Mail.verify(whole, zone))).isLessThan(1_000);
  }

  /** The same of a hundred whose keys are there and as large as they may be. */
  @Test
  void aHundredDearSignatures() throws Exception {
    KeyZone dear = new KeyZone();
    dear.everywhere = rsa(4_096, BigInteger.valueOf(65_537));
    String whole = field(Mail.RSA).repeat(100) + Mail.TEXT;
    List<DkimResult> results = Mail.verify(whole, dear);
    assertThat(results.subList(0, DkimVerifier.MAX_SIGNATURES))
        .allMatch(r -> r.cause() == Cause.HEADER_CHANGED);
    assertThat(results.subList(DkimVerifier.MAX_SIGNATURES, 100))
        .allMatch(r -> r.cause() == Cause.NOT_LOOKED_AT);
    assertThat(cost(() -> Mail.verify(whole, dear))).isLessThan(1_000);
  }

  /** Tags without end, without names, without values; each of them fifty kilobytes long. */
  @ParameterizedTest
  @ValueSource(strings = {"a=1;", ";", "=", "=;", "a", "a =\t;", "b=", "h=:", "\r\n ", "%3D;=3D"})
  void malformedTags(String piece) throws Exception {
    String rest = piece.repeat(50_000 / piece.length());
    String whole = "DKIM-Signature: v=1; " + rest + "x\r\n" + Mail.TEXT;
    assertThat(Mail.verifyOne(whole, zone).cause()).isEqualTo(Cause.BAD_SYNTAX);
    assertThat(cost(() -> Mail.verifyOne(whole, zone))).isLessThan(500);
    assertThat(withKey("v=DKIM1; " + rest)).isEqualTo(Cause.BAD_KEY);
    assertThat(cost(() -> withKey("v=DKIM1; " + rest))).isLessThan(500);
  }

  private static String rsa(int bits, BigInteger exponent) throws Exception {
    BigInteger modulus = new BigInteger(bits, RANDOM).setBit(bits - 1).setBit(0);
    return "v=DKIM1; p="
        + Base64.getEncoder().encodeToString(new RSAPublicKey(modulus, exponent).getEncoded());
  }

  private Cause withKey(String record) throws Exception {
    KeyZone one = new KeyZone().with("rsa._domainkey.example.com", record);
    return Mail.verifyOne(Mail.signedWith(Mail.TEXT, Mail.RSA), one).cause();
  }

  @Test
  void weakAndHugeKeys() throws Exception {
    BigInteger usual = BigInteger.valueOf(65_537);
    assertThat(withKey(rsa(512, usual))).isEqualTo(Cause.WEAK_KEY);
    assertThat(withKey(rsa(1_023, usual))).isEqualTo(Cause.WEAK_KEY);
    assertThat(withKey(rsa(1_024, usual))).isEqualTo(Cause.HEADER_CHANGED);
    assertThat(withKey(rsa(4_096, usual))).isEqualTo(Cause.HEADER_CHANGED);
    assertThat(withKey(rsa(4_097, usual))).isEqualTo(Cause.OVERSIZED_KEY);
    assertThat(withKey(rsa(16_384, usual))).isEqualTo(Cause.OVERSIZED_KEY);
    assertThat(withKey(rsa(2_048, BigInteger.ONE))).isEqualTo(Cause.BAD_KEY);
    assertThat(withKey(rsa(2_048, BigInteger.TWO))).isEqualTo(Cause.BAD_KEY);
    assertThat(withKey(rsa(4_096, BigInteger.ONE.shiftLeft(4_000).add(BigInteger.ONE))))
        .isEqualTo(Cause.BAD_KEY);
  }

  @Test
  void keysThatAreNotUsedCostNothing() throws Exception {
    for (int bits : List.of(512, 16_384)) {
      String record = rsa(bits, BigInteger.valueOf(65_537));
      withKey(record);
      assertThat(cost(() -> withKey(record))).isLessThan(500);
    }
  }

  @Test
  void keysThatAreNoKeys() throws Exception {
    for (String der : List.of("MAA=", "MAMCAQE=", "MIAAAA==", "BQA=", "MAYCAQECAQE=", "MP8=")) {
      assertThat(withKey("v=DKIM1; p=" + der)).isIn(Cause.BAD_KEY, Cause.WEAK_KEY);
    }
    for (int i = 0; i < 500; i++) {
      byte[] octets =
          Base64.getDecoder().decode(Mail.RSA.key().record(java.util.Set.of()).publicKey());
      octets[RANDOM.nextInt(i % 2 == 0 ? 40 : octets.length)] = (byte) RANDOM.nextInt();
      String p = Base64.getEncoder().encodeToString(octets);
      assertThat(withKey("v=DKIM1; p=" + p)).isNotEqualTo(Cause.NO_KEY);
    }
  }

  @Test
  void hugeRecords() throws Exception {
    String key = Mail.RSA.key().record(java.util.Set.of()).toString();
    assertThat(withKey(key + "; n=" + "x".repeat(7_000))).isEqualTo(Cause.VERIFIED);
    assertThat(withKey(key + "; n=" + "x".repeat(60_000))).isEqualTo(Cause.BAD_KEY);
    KeyZone many = new KeyZone();
    for (int i = 0; i < 100; i++) {
      many.with("rsa._domainkey.example.com", rsa(2_048, BigInteger.valueOf(65_537)));
    }
    many.with(Mail.RSA);
    assertThat(Mail.verifyOne(Mail.signedWith(Mail.TEXT, Mail.RSA), many).cause())
        .isEqualTo(Cause.HEADER_CHANGED);
  }

  @Test
  void longLists() throws Exception {
    String names = "From" + ":From:X:To".repeat(20_000);
    String message = Mail.signedWith(Mail.TEXT, Mail.ED, "h=" + names);
    assertThat(Mail.verifyOne(message, zone).cause()).isEqualTo(Cause.VERIFIED);
    assertThat(cost(() -> Mail.verifyOne(message, zone))).isLessThan(2_000);
    String z = Mail.signedWith(Mail.TEXT, Mail.ED, "z=" + "From:x|".repeat(30_000));
    String changed = z.replace("plan", "planet");
    assertThat(cost(() -> Mail.verifyOne(changed, zone))).isLessThan(2_000);
  }

  /** As when a body of many octets has ten signatures with lengths of their own. */
  @Test
  void tenLengthsOfOneBody() throws Exception {
    String text = Mail.TEXT + "line of the body\r\n".repeat(20_000);
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      message.append(
          field(Mail.ED, "l=" + (100_000 + i), "c=relaxed/" + (i % 2 == 0 ? "simple" : "relaxed")));
    }
    String whole = message + text;
    assertThat(Mail.verify(whole, zone)).hasSize(10).allMatch(r -> r.cause() == Cause.BODY_CHANGED);
    assertThat(cost(() -> Mail.verify(whole, zone))).isLessThan(1_000);
  }

  /** All keys are asked for at once, so that ten time-outs are one. */
  @Test
  @Timeout(30)
  void aDnsThatIsSilent() throws Exception {
    ZoneTree tree = ZoneTree.builder(Time.system()).build();
    InetSocketAddress any = new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
    try (AuthoritativeServer server = AuthoritativeServer.start(tree, List.of(any), _ -> {})) {
      server.disturb((_, _) -> Disturbance.Treatment.DROP);
      ResolverSettings settings =
          ResolverSettings.of(server.addresses().getFirst()).withTimeout(Duration.ofSeconds(2));
      StringBuilder message = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        message.append(field(Mail.ED, "s=selector" + i));
      }
      DkimVerifier verifier =
          new DkimVerifier(new StubResolver(settings, Time.system()), Mail.TIME);
      long start = System.nanoTime();
      List<DkimResult> results = verifier.verify(Mail.octets(message + Mail.TEXT));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(results).hasSize(10).allMatch(r -> r.outcome() == Outcome.TEMPERROR);
      assertThat(took).isLessThan(Duration.ofSeconds(12));
    }
  }
}
