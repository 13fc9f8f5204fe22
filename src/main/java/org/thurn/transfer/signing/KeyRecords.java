package org.thurn.transfer.signing;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.DkimKeyRecord;
import org.thurn.authentication.dkim.KeySyntaxException;
import org.thurn.authentication.dkim.rotation.Stage;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/** The keys' records in the DNS: told where we may, and looked at. Used by one thread at a time. */
final class KeyRecords {
  /** What was shown is looked at again, lest mail be signed with a key that vanished. */
  private static final Duration SHOWN = Duration.ofHours(1);

  /** Somebody may be putting it into the DNS just now. */
  private static final Duration NOT_SHOWN = Duration.ofMinutes(5);

  private final SigningKeys keys;
  private final Resolver resolver;
  private final Supplier<Optional<KeyPublisher>> publisher;
  private final Time time;
  private final Journey journey;

  /** Ticks before which nobody looks at a name, or tells it. */
  private final Map<DnsName, Long> looks = new HashMap<>();

  private final Map<DnsName, Long> tells = new HashMap<>();

  KeyRecords(
      SigningKeys keys,
      Resolver resolver,
      Supplier<Optional<KeyPublisher>> publisher,
      Time time,
      Journey journey) {
    this.keys = keys;
    this.resolver = resolver;
    this.publisher = publisher;
    this.time = time;
    this.journey = journey;
  }

  static DnsName name(Domain domain, String selector) {
    return DnsName.of(domain).under(selector, "_domainkey");
  }

  void lookAgain(Domain domain) {
    for (DomainKey key : keys.of(domain)) {
      looks.remove(name(domain, key.selector()));
      tells.remove(name(domain, key.selector()));
    }
  }

  /** Tells the DNS what it was not told, then looks. In this order: a "no" stays in caches. */
  void attend(Domain domain) {
    for (DomainKey key : keys.of(domain)) {
      DnsName name = name(domain, key.selector());
      DomainKey told = key.told() ? key : tell(domain, name, key);
      if (isKnown(told.stage()) && isDue(looks, name)) {
        look(domain, name, told);
      }
    }
  }

  private static boolean isKnown(Stage stage) {
    return switch (stage) {
      case PUBLISHED, ACTIVE, RETIRED -> true;
      case REVOKED, GONE -> false;
    };
  }

  private boolean isDue(Map<DnsName, Long> when, DnsName name) {
    Long at = when.get(name);
    return at == null || time.ticks() - at >= 0;
  }

  private void again(Map<DnsName, Long> when, DnsName name, Duration after) {
    when.put(name, time.ticks() + after.toNanos());
  }

  private DomainKey tell(Domain domain, DnsName name, DomainKey key) {
    Optional<KeyPublisher> to = publisher.get();
    if (to.isEmpty() || !isDue(tells, name)) {
      return key;
    }
    try {
      Optional<DkimKeyRecord> wanted = key.wanted();
      if (wanted.isPresent()) {
        to.get().publish(name, DkimKey.strings(wanted.get()));
      } else {
        to.get().remove(name);
      }
    } catch (IOException e) {
      again(tells, name, NOT_SHOWN);
      String words = "the DNS did not take the record of " + name + " " + e.getMessage();
      journey.note(new Event.Fault("dkim keys", words));
      return key;
    }
    DomainKey told = key.withTold(true);
    keys.put(domain, told);
    looks.remove(name);
    return told;
  }

  private void look(Domain domain, DnsName name, DomainKey key) {
    Answer answer = resolver.ask(name, RecordType.TXT);
    boolean shown = answer.failed() ? key.shown() : shows(answer, key);
    again(looks, name, shown && !answer.failed() ? SHOWN : NOT_SHOWN);
    if (shown != key.shown()) {
      String action = "dkim-key-" + (shown ? "shown" : "missing");
      journey.note(
          new Event.Administered(action, key.selector() + " of " + domain, KeyKeeping.SCHEDULE));
    }
    // A record that vanished is to be told again.
    DomainKey seen = key.withShown(shown, time.now()).withTold(key.told() && shown);
    if (!seen.equals(key)) {
      keys.put(domain, seen);
    }
  }

  private static boolean shows(Answer answer, DomainKey key) {
    List<String> texts = answer.all(RecordData.Txt.class).map(RecordData.Txt::joined).toList();
    String wanted = key.wanted().map(DkimKeyRecord::publicKey).orElse("");
    return texts.stream().anyMatch(text -> publicKey(text).filter(wanted::equals).isPresent());
  }

  private static Optional<String> publicKey(String text) {
    try {
      return Optional.of(DkimKeyRecord.parse(text).publicKey());
    } catch (KeySyntaxException e) {
      return Optional.empty(); // another text at the same name
    }
  }
}
