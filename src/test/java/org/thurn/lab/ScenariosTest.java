package org.thurn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.lab.scenario.Outcome;
import org.thurn.lab.scenario.Scenario;
import org.thurn.lab.scenario.Scenarios;
import org.thurn.lab.scenario.Verdict;
import org.thurn.mailbox.Content;
import org.thurn.mailbox.MailboxName;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.time.Time;
import org.thurn.user.MailReader;

/** Every scenario, with the whole lab's servers, over its sockets. */
class ScenariosTest {
  @TempDir static Path folder;
  private static Lab lab;

  @BeforeAll
  static void start() throws Exception {
    lab = Lab.start(new LabSettings(folder, 0, LabTest.freeOffset(), List.of()), Time.system());
  }

  @AfterAll
  static void stop() throws IOException {
    lab.close();
  }

  /**
   * What must come.
   *
   * @param spf of MAIL FROM
   * @param dkim what is said of the signature
   * @param reason a part of the decision's reason
   */
  record Expected(
      String name, Verdict verdict, String spf, String dkim, String dmarc, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String UNSIGNED = "none: the message is not signed";
  private static final String HOLDS = "pass: the signature of strict.example holds";
  private static final String NOBODY = "nothing vouches for strict.example: ";

  static List<Expected> expected() {
    return List.of(
        new Expected(
            "aligned", Verdict.DELIVERED, "pass", "", "pass", "which is the author domain"),
        new Expected(
            "spoofed-from",
            Verdict.REFUSED,
            "pass",
            UNSIGNED,
            "fail",
            NOBODY + "SPF pass for mallory.example, which belongs to others; p=reject"),
        new Expected(
            "spoofed-both",
            Verdict.REFUSED,
            "fail",
            UNSIGNED,
            "fail",
            NOBODY + "SPF fail for strict.example; p=reject"),
        new Expected(
            "spoofed-soft",
            Verdict.WARNED,
            "softfail",
            UNSIGNED,
            "fail",
            "~all matches 127.25.0.5 in the record of soft.example"),
        new Expected(
            "forward-signed",
            Verdict.DELIVERED,
            "fail",
            HOLDS,
            "pass",
            "DKIM pass for strict.example"),
        new Expected(
            "forward-unsigned",
            Verdict.REFUSED,
            "fail",
            UNSIGNED,
            "fail",
            NOBODY + "SPF fail for strict.example"),
        new Expected(
            "forward-sealed",
            Verdict.DELIVERED,
            "fail",
            UNSIGNED,
            "fail",
            "arc=pass by list.example, whom we trust"),
        new Expected(
            "forward-rewritten",
            Verdict.REFUSED,
            "pass",
            UNSIGNED,
            "fail",
            NOBODY + "SPF pass for list.example, which belongs to others"),
        new Expected(
            "list-changed",
            Verdict.REFUSED,
            "fail",
            "fail: header and body were changed since strict.example signed them",
            "fail",
            "DKIM fail for strict.example"),
        new Expected(
            "list-sealed",
            Verdict.DELIVERED,
            "fail",
            "fail: header and body were changed since strict.example signed them",
            "fail",
            "arc=pass by list.example, whom we trust"),
        new Expected(
            "list-sealed-unknown",
            Verdict.REFUSED,
            "fail",
            "fail: header and body were changed since strict.example signed them",
            "fail",
            NOBODY),
        new Expected(
            "body-changed",
            Verdict.REFUSED,
            "fail",
            "fail: the body was changed since strict.example signed it",
            "fail",
            "DKIM fail for strict.example"),
        new Expected(
            "replayed", Verdict.DELIVERED, "fail", HOLDS, "pass", "DKIM pass for strict.example"),
        new Expected(
            "signature-expired",
            Verdict.REFUSED,
            "fail",
            "policy: the signature expired at ",
            "fail",
            "DKIM policy for strict.example"),
        new Expected(
            "key-revoked",
            Verdict.REFUSED,
            "fail",
            "permerror: the key at revoked._domainkey.strict.example was revoked",
            "fail",
            "DKIM permerror for strict.example"),
        new Expected("attacker-leaves", Verdict.DELIVERED, "none", UNSIGNED, "none", ""));
  }

  @ParameterizedTest
  @MethodSource("expected")
  void theScenarioEndsAsItMust(Expected expected) throws IOException {
    Scenario scenario = Scenarios.named(expected.name()).orElseThrow();
    Outcome outcome = lab.director().play(scenario);

    assertThat(outcome.verdict()).isEqualTo(expected.verdict());
    assertThat(outcome.asPromised()).isTrue();
    assertThat(outcome.reason()).contains(expected.reason());
    assertThat(spf(outcome)).containsExactly(expected.spf());
    assertThat(found(outcome, Event.DkimChecked.class))
        .anySatisfy(d -> assertThat(d.result() + ": " + d.reason()).startsWith(expected.dkim()));
    assertThat(found(outcome, Event.DmarcChecked.class))
        .singleElement()
        .extracting(Event.DmarcChecked::result)
        .isEqualTo(expected.dmarc());
    assertThat(outcome.reply().map(Event.Refused::code).orElse(250))
        .isEqualTo(expected.verdict() == Verdict.REFUSED ? 550 : 250);
    assertThat(lab.director().last(scenario)).contains(outcome);
  }

  @Test
  void everyScenarioIsTested() {
    assertThat(Scenarios.all())
        .extracting(scenario -> scenario.about().name())
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(expected().stream().map(Expected::name).toList());
  }

  private static List<String> spf(Outcome outcome) {
    return found(outcome, Event.SpfChecked.class).stream()
        .filter(spf -> spf.identity().equals("mailfrom"))
        .map(Event.SpfChecked::result)
        .toList();
  }

  private static <E extends Event> List<E> found(Outcome outcome, Class<E> kind) {
    return outcome.findings().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Outcome played(String name) throws IOException {
    return lab.director().play(Scenarios.named(name).orElseThrow());
  }

  private static Stream<Event> events(LabDomain domain, Outcome outcome) {
    return lab.inside(domain).journal().trace(outcome.messageId()).stream().map(Entry::event);
  }

  /** The header of what was stored at the domain. */
  private static Headers stored(LabDomain domain, Outcome outcome) throws IOException {
    Event.Stored stored =
        events(domain, outcome)
            .filter(Event.Stored.class::isInstance)
            .map(Event.Stored.class::cast)
            .findFirst()
            .orElseThrow();
    Content content =
        new MailReader(lab.inside(domain).mail().account(stored.account()))
            .content(MailboxName.of(stored.mailbox()), stored.uid())
            .orElseThrow();
    try (InputStream in = content.open()) {
      return Headers.read(in, MessageLimits.DEFAULT);
    }
  }

  private static String field(Headers headers, String name) {
    return headers.first(name).map(HeaderField::unfolded).orElse("");
  }

  @Test
  void theVictimOfASoftDomainIsWarned() throws IOException {
    Headers headers = stored(LabDomain.STRICT, played("spoofed-soft"));
    assertThat(field(headers, "X-Authentication-Warning")).contains("mx.strict.example: ~all");
  }

  @Test
  void theSealThatDecidesStandsInTheResults() throws IOException {
    Outcome outcome = played("list-sealed");
    assertThat(found(outcome, Event.ArcChecked.class))
        .singleElement()
        .satisfies(
            arc -> {
              assertThat(arc.result()).isEqualTo("pass");
              assertThat(arc.sealers()).containsExactly("list.example");
            });
    Headers headers = stored(LabDomain.SOFT, outcome);
    assertThat(field(headers, "Authentication-Results"))
        .contains("mx.soft.example", "arc=pass", "dmarc=fail");
    assertThat(field(headers, "ARC-Authentication-Results"))
        .contains("i=1", "mx.list.example", "dkim=pass", "dmarc=pass");
    assertThat(field(headers, "Subject")).contains("[news] ");
  }

  @Test
  void theRewrittenSenderNamesTheForwarderAndTheAuthor() throws IOException {
    assertThat(events(LabDomain.SOFT, played("forward-rewritten")))
        .filteredOn(Event.CommandReceived.class::isInstance)
        .extracting(event -> ((Event.CommandReceived) event).command())
        .anySatisfy(
            command ->
                assertThat(command)
                    .matches(
                        "MAIL FROM:<SRS0=[A-Za-z0-9+/]{4}=[A-Z2-7]{2}=strict\\.example=alice"
                            + "@list\\.example>.*"));
  }

  @Test
  void aRefusalOfWhatTheListForwardsComesBackToTheAuthor() throws Exception {
    Outcome outcome = played("forward-unsigned");
    String expected = NOBODY + "SPF fail for strict.example";
    Time time = Time.system();
    for (int i = 0;
        i < 1_000 && events(LabDomain.LIST, outcome).noneMatch(ScenariosTest::told);
        i++) {
      time.pause(java.time.Duration.ofMillis(10));
    }
    assertThat(events(LabDomain.LIST, outcome))
        .anyMatch(ScenariosTest::told)
        .anyMatch(event -> event instanceof Event.Bounced b && b.reason().contains(expected));
  }

  private static boolean told(Event event) {
    return event instanceof Event.NotificationQueued;
  }

  /** The letter was never lost: it waited for want of TLS, and went when TLS was there. */
  @Test
  void aLetterWaitsWhileTheAttackerIsThere() throws IOException {
    Scenario scenario = Scenarios.named("attacker-leaves").orElseThrow();
    Optional<Outcome> last = lab.director().last(scenario);
    Outcome outcome = last.isPresent() ? last.get() : lab.director().play(scenario);
    List<Event> sender = events(LabDomain.PLAIN, outcome).toList();

    assertThat(sender)
        .filteredOn(Event.Deferred.class::isInstance)
        .singleElement()
        .satisfies(e -> assertThat(((Event.Deferred) e).reason()).contains("no STARTTLS"));
    assertThat(sender)
        .filteredOn(Event.TlsPolicyChosen.class::isInstance)
        .extracting(event -> ((Event.TlsPolicyChosen) event).basis())
        .containsExactly("tlsa", "tlsa");
    assertThat(sender)
        .filteredOn(Event.TlsEstablished.class::isInstance)
        .singleElement()
        .satisfies(
            e ->
                assertThat(((Event.TlsEstablished) e).verification())
                    .startsWith("verified by DANE"));
    assertThat(events(LabDomain.STRICT, outcome))
        .anyMatch(
            e -> e instanceof Event.ConnectionAccepted c && c.remoteAddress().equals("127.25.0.3"))
        .anyMatch(Event.Stored.class::isInstance);
  }

  /** The attacker's own journal has its end of it, by the same Message-ID. */
  @Test
  void bothEndsOfAnAttackAreInTheJourney() throws IOException {
    Outcome outcome = played("spoofed-from");
    assertThat(events(LabDomain.MALLORY, outcome))
        .anyMatch(Event.ConnectionOpened.class::isInstance)
        .anyMatch(e -> e instanceof Event.ReplyReceived r && r.code() == 550);
    assertThat(events(LabDomain.SOFT, outcome))
        .anyMatch(Event.ConnectionAccepted.class::isInstance)
        .anyMatch(Event.Refused.class::isInstance);
    assertThat(outcome.messageId().getBytes(StandardCharsets.US_ASCII)).hasSizeLessThan(100);
  }
}
