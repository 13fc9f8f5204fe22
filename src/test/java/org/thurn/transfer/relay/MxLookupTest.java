package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.name.IpAddress;
import org.thurn.queue.Outcome;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.time.Time;
import org.thurn.transfer.Questions;

/** RFC 5321 §5.1 and RFC 7505, case by case. */
class MxLookupTest {
  private static final Domain SOFT = Domain.of("soft.example");

  private final MapResolver dns = new MapResolver();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Journey journey =
      Journey.to(entry -> events.add(entry.event()), Time.system(), new Ids(Time.system()));
  private final RelaySettings settings =
      RelaySettings.of(Domain.of("mx.strict.example"))
          .known(Set.of(Domain.of("also.strict.example")), Set.of(IpAddress.of("192.0.2.1")));

  private NextHops lookup() {
    return new MxLookup(new Questions(dns), settings, new Random(1)).lookup(SOFT, journey);
  }

  private List<String> hosts() {
    assertThat(lookup()).isInstanceOf(NextHops.Hosts.class);
    return ((NextHops.Hosts) lookup()).hops().stream().map(h -> h.host().ascii()).toList();
  }

  private void assertFails(String status) {
    assertThat(lookup())
        .isInstanceOfSatisfying(
            NextHops.Nowhere.class,
            nowhere ->
                assertThat(nowhere.outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        f -> assertThat(f.status()).isEqualTo(EnhancedStatus.of(status))));
  }

  @Test
  void hostsComeInOrderOfPreference() {
    dns.mx("soft.example", 30, "c.example")
        .mx("soft.example", 10, "a.example")
        .mx("soft.example", 20, "b.example");
    assertThat(hosts()).containsExactly("a.example", "b.example", "c.example");
    assertThat(events)
        .first()
        .isInstanceOfSatisfying(
            Event.DnsAnswered.class,
            e -> {
              assertThat(e.purpose()).isEqualTo("mx");
              assertThat(e.answers()).contains("10 a.example.");
            });
  }

  @Test
  void equalPreferencesAreShuffled() {
    for (String host : List.of("a", "b", "c", "d")) {
      dns.mx("soft.example", 10, host + ".example");
    }
    MxLookup lookup = new MxLookup(new Questions(dns), settings, new Random(1));
    Set<Host> first = new HashSet<>();
    for (int round = 0; round < 100; round++) {
      if (lookup.lookup(SOFT, journey) instanceof NextHops.Hosts found) {
        first.add(found.hops().getFirst().host());
      }
    }
    assertThat(first).hasSize(4);
  }

  @Test
  void withoutMxTheDomainItselfIsTheHost() {
    dns.empty("soft.example");
    assertThat(lookup())
        .isInstanceOfSatisfying(
            NextHops.Hosts.class,
            hosts -> {
              assertThat(hosts.implicit()).isTrue();
              assertThat(hosts.hops()).extracting(Hop::host).containsExactly(SOFT);
            });
  }

  @Test
  void anAliasIsFollowed() {
    dns.alias("soft.example", "real.example").mx("real.example", 10, "mx.real.example");
    assertThat(hosts()).containsExactly("mx.real.example");
  }

  @Test
  void anUnknownDomainFails() {
    assertFails("5.1.2");
  }

  @Test
  void aNullMxFails() {
    dns.mx("soft.example", 0, "").address("soft.example", "192.0.2.9");
    assertFails("5.1.10");
  }

  @Test
  void aNullMxAmongOthersIsNoHost() {
    dns.mx("soft.example", 0, "").mx("soft.example", 10, "a.example");
    assertThat(hosts()).containsExactly("a.example");
  }

  @Test
  void aBrokenDnsIsAskedLater() {
    dns.failing("soft.example");
    assertThat(lookup())
        .isInstanceOfSatisfying(
            NextHops.Nowhere.class,
            n ->
                assertThat(n.outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Deferred.class,
                        d -> {
                          assertThat(d.status()).isEqualTo(EnhancedStatus.of("4.4.3"));
                          assertThat(d.reason()).contains("SERVFAIL");
                        }));
  }

  @Test
  void anExchangeThatIsNoHostNameIsLeftOut() {
    dns.mx("soft.example", 5, "192.0.2.7")
        .mx("soft.example", 6, "_mail.example")
        .mx("soft.example", 10, "a.example");
    assertThat(hosts()).containsExactly("a.example");
  }

  @Test
  void onlySuchExchangesFailAndDoNotLeadToTheAddress() {
    dns.mx("soft.example", 5, "192.0.2.7").address("soft.example", "192.0.2.9");
    assertFails("5.4.4");
  }

  @Test
  void ourselvesAndWhatIsNotBetterAreLeftOut() {
    dns.mx("soft.example", 10, "a.example")
        .mx("soft.example", 20, "mx.strict.example")
        .mx("soft.example", 20, "b.example")
        .mx("soft.example", 30, "c.example");
    assertThat(hosts()).containsExactly("a.example");
  }

  @Test
  void mailThatOnlyLeadsToUsLoops() {
    dns.mx("soft.example", 10, "ALSO.strict.example").mx("soft.example", 20, "c.example");
    assertFails("5.4.6");
  }

  private Addresses addresses(String host) {
    Hop hop = Hop.mx(Domain.of(host), 0, 25);
    return Addresses.of(hop, new Questions(dns), settings, journey);
  }

  @Test
  void addressFamiliesTakeTurns() {
    dns.address("a.example", "192.0.2.10")
        .address("a.example", "192.0.2.11")
        .address("a.example", "192.0.2.12")
        .address("a.example", "2001:db8::1")
        .address("a.example", "2001:db8::2");
    assertThat(addresses("a.example").found())
        .extracting(java.net.InetAddress::getHostAddress)
        .containsExactly(
            "2001:db8:0:0:0:0:0:1",
            "192.0.2.10",
            "2001:db8:0:0:0:0:0:2",
            "192.0.2.11",
            "192.0.2.12");
  }

  @Test
  void aFamilyWithoutASourceIsLeftOut() {
    dns.address("a.example", "192.0.2.10").address("a.example", "2001:db8::1");
    Hop hop = Hop.mx(Domain.of("a.example"), 0, 25);
    RelaySettings bound = settings.at(25, List.of(IpAddress.of("192.0.2.77")));
    assertThat(Addresses.of(hop, new Questions(dns), bound, journey).found())
        .containsExactly(IpAddress.of("192.0.2.10"));
  }

  @Test
  void aHostWithoutAddressFailsAndABrokenDnsDefers() {
    dns.empty("a.example").failing("b.example");
    assertThat(addresses("a.example").outcome())
        .get()
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f -> assertThat(f.status()).isEqualTo(EnhancedStatus.of("5.4.4")));
    assertThat(addresses("nowhere.example").outcome()).get().isInstanceOf(Outcome.Failed.class);
    assertThat(addresses("b.example").outcome()).get().isInstanceOf(Outcome.Deferred.class);
  }

  @Test
  void ourOwnAddressIsKnown() {
    dns.address("a.example", "192.0.2.1");
    assertThat(addresses("a.example").ourselves()).isTrue();
  }
}
