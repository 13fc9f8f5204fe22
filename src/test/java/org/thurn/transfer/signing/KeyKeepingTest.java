package org.thurn.transfer.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.DkimVerifier;
import org.thurn.authentication.dkim.Outcome;
import org.thurn.authentication.dkim.rotation.RotationSettings;
import org.thurn.authentication.dkim.rotation.Stage;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.testing.MemoryStore;
import org.thurn.testing.StandingTime;

class KeyKeepingTest {
  private static final Domain DOMAIN = Domain.of("own.example");
  private static final byte[] MESSAGE =
      "From: alice@own.example\r\nSubject: hi\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);

  private final MemoryStore store = new MemoryStore();
  private final StandingTime time = new StandingTime(Instant.parse("2026-03-01T12:00:00Z"));
  private final ZoneInMemory dns = new ZoneInMemory();
  private final List<Entry> noted = new ArrayList<>();
  private final Journey journey = Journey.to(noted::add, time, new Ids(time));
  private RotationSettings settings =
      new RotationSettings(
          Set.of(Algorithm.RSA_SHA256, Algorithm.ED25519_SHA256),
          Duration.ofDays(180),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(30));
  private Optional<KeyPublisher> publisher = Optional.of(dns);
  private SigningKeys keys = new SigningKeys(store, Cryptography.platform(), time);
  private KeyKeeping keeping = keeping();

  private KeyKeeping keeping() {
    return new KeyKeeping(keys, dns, () -> publisher, () -> settings, time, journey);
  }

  private void restart() {
    keys = new SigningKeys(store.crash(), Cryptography.platform(), time);
    keeping = keeping();
  }

  private MailSigner signer() {
    return new MailSigner(keys, DOMAIN::equals, () -> SignerSettings.DEFAULT);
  }

  private List<String> stages() {
    return keys.of(DOMAIN).stream()
        .map(key -> key.state().algorithm().keyType() + " " + key.stage())
        .sorted()
        .toList();
  }

  /** The selectors by which a message that is signed now passes. */
  private Set<String> passing() throws Exception {
    byte[] signed = signer().signed(MESSAGE);
    Set<String> selectors = new TreeSet<>();
    for (DkimResult result : new DkimVerifier(dns, time).verify(signed)) {
      assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.PASS);
      selectors.add(result.selector().orElseThrow());
    }
    return selectors;
  }

  @Test
  void aNewDomainSignsWithTwoKeys() throws Exception {
    keeping.round(List.of(DOMAIN));
    assertThat(stages()).containsExactly("ed25519 ACTIVE", "rsa ACTIVE");
    assertThat(passing()).containsExactly("2026a-ed", "2026a-rsa");
    assertThat(keeping.due(DOMAIN)).isEmpty();
  }

  @Test
  void keysSurviveARestart() throws Exception {
    keeping.attend(DOMAIN);
    Set<String> before = passing();
    restart();
    assertThat(passing()).isEqualTo(before);
    keeping.attend(DOMAIN);
    assertThat(stages()).hasSize(2);
  }

  @Test
  void nobodySignsBeforeTheDnsShowsTheKey() throws Exception {
    publisher = Optional.empty();
    keeping.attend(DOMAIN);
    assertThat(stages()).containsExactly("ed25519 PUBLISHED", "rsa PUBLISHED");
    assertThat(signer().signed(MESSAGE)).isSameAs(MESSAGE);
    DomainKey first = keys.of(DOMAIN).getFirst();
    assertThat(keeping.plan(DOMAIN, first)).contains("publish its record");
    // a person publishes one of them
    dns.texts.put(
        KeyKeeping.recordName(DOMAIN, first), List.of(first.wanted().orElseThrow().toString()));
    time.move(Duration.ofMinutes(5));
    keeping.attend(DOMAIN);
    assertThat(passing()).containsExactly(first.selector());
  }

  @Test
  void aKeyThatVanishesSignsNoMoreUntilItIsBack() throws Exception {
    keeping.attend(DOMAIN);
    publisher = Optional.empty();
    DomainKey lost = keys.of(DOMAIN).getFirst();
    List<String> text = dns.texts.remove(KeyKeeping.recordName(DOMAIN, lost));
    time.move(Duration.ofMinutes(61));
    keeping.attend(DOMAIN);
    assertThat(passing()).hasSize(1).doesNotContain(lost.selector());
    assertThat(noted).anyMatch(e -> shown(e).startsWith("dkim-key-missing " + lost.selector()));
    dns.texts.put(KeyKeeping.recordName(DOMAIN, lost), text);
    keeping.lookAgain(DOMAIN);
    assertThat(passing()).hasSize(2);
  }

  private static String shown(Entry entry) {
    return entry.event() instanceof Event.Administered(String action, String subject, String _)
        ? action + " " + subject
        : "";
  }

  @Test
  void whatVanishedIsToldAgain() throws Exception {
    keeping.attend(DOMAIN);
    dns.texts.clear();
    time.move(Duration.ofMinutes(61));
    keeping.attend(DOMAIN);
    time.move(Duration.ofMinutes(5));
    keeping.attend(DOMAIN);
    assertThat(passing()).hasSize(2);
  }

  @Test
  void aDnsThatDoesNotAnswerChangesNothing() throws Exception {
    keeping.attend(DOMAIN);
    dns.silent = true;
    time.move(Duration.ofDays(1));
    keeping.attend(DOMAIN);
    dns.silent = false;
    assertThat(passing()).hasSize(2);
  }

  @Test
  void aRefusedUpdateIsNotedAndTriedAgain() throws Exception {
    dns.refusing = true;
    keeping.attend(DOMAIN);
    assertThat(noted).anyMatch(e -> e.event() instanceof Event.Fault);
    assertThat(stages()).containsExactly("ed25519 PUBLISHED", "rsa PUBLISHED");
    dns.refusing = false;
    time.move(Duration.ofMinutes(5));
    keeping.attend(DOMAIN);
    assertThat(passing()).hasSize(2);
  }

  /** Every day of a year and a half; mail that was signed a week ago can always be verified. */
  @Test
  void theWholeLife() throws Exception {
    keeping.attend(DOMAIN);
    Set<String> first = passing();
    List<byte[]> lastWeek = new ArrayList<>();
    List<String> life = new ArrayList<>();
    String before = "";
    for (int day = 0; day < 400; day++) {
      time.move(Duration.ofDays(1));
      if (day == 179) {
        restart(); // in the middle of a rotation
      }
      keeping.attend(DOMAIN);
      assertThat(passing()).as("day " + day).hasSize(2);
      lastWeek.add(signer().signed(MESSAGE));
      if (lastWeek.size() > 7) {
        byte[] old = lastWeek.removeFirst();
        assertThat(new DkimVerifier(dns, time).verify(old))
            .hasSize(2)
            .allMatch(result -> result.outcome() == Outcome.PASS);
      }
      String now = String.join(", ", stages());
      if (!now.equals(before)) {
        life.add((day + 1) + ": " + now);
        before = now;
      }
    }
    assertThat(life)
        .containsExactly(
            "1: ed25519 ACTIVE, rsa ACTIVE",
            "178: ed25519 ACTIVE, ed25519 PUBLISHED, rsa ACTIVE, rsa PUBLISHED",
            "180: ed25519 ACTIVE, ed25519 RETIRED, rsa ACTIVE, rsa RETIRED",
            "187: ed25519 ACTIVE, ed25519 REVOKED, rsa ACTIVE, rsa REVOKED",
            "217: ed25519 ACTIVE, ed25519 GONE, rsa ACTIVE, rsa GONE",
            "358: ed25519 ACTIVE, ed25519 GONE, ed25519 PUBLISHED,"
                + " rsa ACTIVE, rsa GONE, rsa PUBLISHED",
            "360: ed25519 ACTIVE, ed25519 GONE, ed25519 RETIRED,"
                + " rsa ACTIVE, rsa GONE, rsa RETIRED",
            "367: ed25519 ACTIVE, ed25519 GONE, ed25519 REVOKED,"
                + " rsa ACTIVE, rsa GONE, rsa REVOKED",
            "397: ed25519 ACTIVE, ed25519 GONE, ed25519 GONE, rsa ACTIVE, rsa GONE, rsa GONE");
    assertThat(passing()).doesNotContainAnyElementsOf(first);
    assertThat(dns.texts).hasSize(2);
    assertThat(keys.of(DOMAIN))
        .filteredOn(key -> key.stage() == Stage.GONE)
        .allMatch(key -> key.key().isEmpty());
  }

  @Test
  void aRevokedKeySaysSo() {
    keeping.attend(DOMAIN);
    keeping.rotate(DOMAIN, "test");
    time.move(Duration.ofDays(2));
    keeping.attend(DOMAIN);
    time.move(Duration.ofDays(7));
    keeping.attend(DOMAIN);
    assertThat(dns.texts.values())
        .contains(List.of("v=DKIM1; k=rsa; p="), List.of("v=DKIM1; k=ed25519; p="))
        .hasSize(4);
  }

  @Test
  void somebodyMayRotateBeforeTheTime() throws Exception {
    keeping.attend(DOMAIN);
    Set<String> first = passing();
    keeping.rotate(DOMAIN, "test");
    keeping.rotate(DOMAIN, "test"); // once is enough
    assertThat(stages()).hasSize(4);
    assertThat(passing()).isEqualTo(first);
    DomainKey successor =
        keys.of(DOMAIN).stream()
            .filter(k -> k.stage() == Stage.PUBLISHED)
            .findFirst()
            .orElseThrow();
    assertThat(keeping.plan(DOMAIN, successor)).isEqualTo("signs from 2026-03-03T12:00:00Z");
    time.move(Duration.ofDays(2));
    keeping.attend(DOMAIN);
    assertThat(passing()).containsExactly("2026b-ed", "2026b-rsa");
    assertThat(stages()).hasSize(4);
  }

  @Test
  void aHostBelowOurDomainIsSignedForByIt() throws Exception {
    keeping.attend(DOMAIN);
    byte[] daemon =
        "From: MAILER-DAEMON@mx.own.example\r\n\r\nsorry\r\n".getBytes(StandardCharsets.UTF_8);
    assertThat(new DkimVerifier(dns, time).verify(signer().signed(daemon)))
        .hasSize(2)
        .allMatch(result -> result.outcome() == Outcome.PASS);
    byte[] stranger = "From: a@else.example\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    assertThat(signer().signed(stranger)).isSameAs(stranger);
  }
}
