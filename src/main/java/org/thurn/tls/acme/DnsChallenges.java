package org.thurn.tls.acme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.time.Time;

/**
 * dns-01, RFC 8555 §8.4: a TXT record at {@code _acme-challenge}, put there by update. It is looked
 * for before the authority looks: what one server has, the others may have a moment later. If it is
 * not seen, an old answer may be in a cache that the authority does not use: it may look all the
 * same.
 */
public final class DnsChallenges implements Challenges {
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Secondary servers that are told have it in seconds. */
  private static final int LOOKS = 15;

  private final Optional<RecordPublisher> publisher;
  private final Resolver resolver;
  private final Time time;
  private final Journey journey;

  /**
   * @param publisher changes the DNS
   * @param resolver sees it
   */
  public DnsChallenges(
      Optional<RecordPublisher> publisher, Resolver resolver, Time time, Journey journey) {
    this.publisher = publisher;
    this.resolver = resolver;
    this.time = time;
    this.journey = journey;
  }

  @Override
  public AcmeSettings.Proof proof() {
    return AcmeSettings.Proof.DNS_01;
  }

  @Override
  public void show(Challenge challenge) throws IOException, InterruptedException {
    String text = text(challenge);
    publisher().publishText(name(challenge), text);
    for (int look = 0; look < LOOKS && !shows(challenge, text); look++) {
      time.pause(LOOK);
    }
  }

  private boolean shows(Challenge challenge, String text) {
    Answer answer = resolver.ask(name(challenge), RecordType.TXT);
    return answer.all(RecordData.Txt.class).anyMatch(txt -> txt.joined().equals(text));
  }

  @Override
  public void hide(Challenge challenge) {
    try {
      publisher().removeText(name(challenge));
    } catch (IOException e) {
      journey.note(
          new Event.Fault(CertificateKeeping.WHERE, "a TXT record stays: " + e.getMessage()));
    }
  }

  private RecordPublisher publisher() throws IOException {
    return publisher.orElseThrow(
        () -> new IOException("dns-01 needs [acme.update], to change the DNS"));
  }

  private static DnsName name(Challenge challenge) {
    return DnsName.of(challenge.name()).under("_acme-challenge");
  }

  private static String text(Challenge challenge) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Digests.sha256(challenge.authorization().getBytes(StandardCharsets.US_ASCII)));
  }
}
