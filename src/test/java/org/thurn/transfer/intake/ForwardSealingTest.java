package org.thurn.transfer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.arc.ArcSealer;
import org.thurn.authentication.arc.ArcVerifier;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.dmarc.LocalPolicy;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.MethodResult;
import org.thurn.journey.Event;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.smtp.server.Protocol;
import org.thurn.time.Time;
import org.thurn.transfer.policy.Action;
import org.thurn.transfer.policy.Finding;
import org.thurn.transfer.policy.PolicyPage;

/** What comes from outside and goes on to somebody else by an alias. */
class ForwardSealingTest {
  private static final String SENDER = "<x@away.example>";
  private static final String FRIENDS = "<friends@ours.example>";
  private static final Domain OURS = Domain.of("ours.example");
  private static final Domain LIST = Domain.of("list.example");
  private static final String MESSAGE =
      "From: x@away.example\nTo: friends@ours.example\nSubject: hi\n\nHello.\n";

  @TempDir private Path state;
  private final DkimKey key = DkimKey.generate(Algorithm.ED25519_SHA256);
  private IntakeFixture house;

  @BeforeEach
  void open() {
    house = new IntakeFixture(state);
    house.check(PolicyPage.DEFAULT);
    house.dns.txt("away.example", "v=spf1 ip4:" + IntakeFixture.CLIENT + " -all");
    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=reject");
    house.dns.txt("k._domainkey.list.example", key.record(Set.of()).toString());
    Mailbox friends = Mailbox.of("friends@ours.example");
    List<Mailbox> targets =
        List.of(Mailbox.of("alice@ours.example"), Mailbox.of("far@else.example"));
    house.directory.changes().setAlias(friends, targets, "test");
    house.keepKeys();
    house.sealingDomain = Optional.of(OURS);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private int send(String to, String message) {
    return house.talk(house.smtp()).send(SENDER, to, message).code();
  }

  private ArcResult chain() throws Exception {
    return verify(house.queue.last().message());
  }

  private ArcResult verify(String message) throws Exception {
    return new ArcVerifier(house.dns, Time.system()).verify(message.getBytes(UTF_8));
  }

  private List<Event> sealing() {
    return house.noted.stream()
        .map(entry -> entry.event())
        .filter(e -> e instanceof Event.ArcSealed || e instanceof Event.ArcUnsealed)
        .toList();
  }

  private void assertUnsealed(String reason) {
    assertThat(sealing())
        .singleElement()
        .isInstanceOfSatisfying(
            Event.ArcUnsealed.class, unsealed -> assertThat(unsealed.reason()).contains(reason));
    assertThat(house.queue.last().message()).doesNotContain("d=ours.example");
  }

  /** A message on which others have put so many sets before. */
  private String sealedBefore(int sets) throws Exception {
    String message = MESSAGE.replace("\n", "\r\n");
    for (int i = 0; i < sets; i++) {
      ChainValidation found = i == 0 ? ChainValidation.NONE : ChainValidation.PASS;
      message = sealed(message, found);
    }
    return message.replace("\r", "");
  }

  private String sealed(String message, ChainValidation found) throws Exception {
    ArcSealer sealer =
        new ArcSealer(
            new SigningKey(LIST, "k", key),
            SigningSettings.DEFAULT,
            Time.system(),
            Cryptography.platform());
    byte[] octets = message.getBytes(UTF_8);
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    Sealing sealing = sealer.begin(headers);
    sealing.take(octets, headers.length(), octets.length - headers.length());
    List<MethodResult> results = List.of(MethodResult.of("dmarc", "pass"));
    StringBuilder whole = new StringBuilder();
    sealing.finish(found, AuthenticationResults.of("list.example", results)).forEach(whole::append);
    return whole + message;
  }

  @Test
  void whatGoesElsewhereIsSealedWithOurResults() throws Exception {
    assertThat(send(FRIENDS, MESSAGE)).isEqualTo(250);

    ArcResult chain = chain();
    assertThat(chain.passed()).as(chain.reason()).isTrue();
    assertThat(chain.sets()).hasSize(1);
    ArcResult.Set set = chain.sets().getFirst();
    assertThat(set.sealer()).isEqualTo(OURS);
    assertThat(set.selector()).endsWith("-rsa");
    AuthenticationResults results = set.results().orElseThrow();
    assertThat(results.authservId()).isEqualTo("mx.ours.example");
    assertThat(results.first("spf").orElseThrow().isPass()).isTrue();
    assertThat(results.first("dmarc").orElseThrow().isPass()).isTrue();
    assertThat(house.queue.last().message()).startsWith("ARC-Seal: i=1; ");
    assertThat(sealing())
        .containsExactly(new Event.ArcSealed("ours.example", set.selector(), 1, "none"));
  }

  @Test
  void aChangedMessageBreaksTheSeal() throws Exception {
    send(FRIENDS, MESSAGE);
    String message = house.queue.last().message();
    assertThat(verify(message.replace("Hello.", "Pay me.")).passed()).isFalse();
    assertThat(verify(message.replace("Subject: hi", "Subject: ho")).passed()).isFalse();
    assertThat(verify(message.replace("spf=pass", "spf=fail")).passed()).isFalse();
  }

  @Test
  void aChainThatHoldsGetsAnotherSet() throws Exception {
    assertThat(send(FRIENDS, sealedBefore(2))).isEqualTo(250);
    assertThat(chain().passed()).as(chain().reason()).isTrue();
    assertThat(chain().sets()).extracting(ArcResult.Set::sealer).containsExactly(LIST, LIST, OURS);
    assertThat(chain().sets().getLast().results().orElseThrow().first("arc").orElseThrow().isPass())
        .isTrue();
    Event.ArcSealed sealed = house.noted(Event.ArcSealed.class).getFirst();
    assertThat(sealed.instance()).isEqualTo(3);
    assertThat(sealed.chainValidation()).isEqualTo("pass");
  }

  /** RFC 8617 §5.1 and §5.1.2. */
  @Test
  void aChainThatIsBrokenIsSealedAsBrokenOnceAndNotAgain() throws Exception {
    String broken = sealedBefore(1).replace("Hello.", "Hello!");
    assertThat(send(FRIENDS, broken)).isEqualTo(250);
    String message = house.queue.last().message();
    assertThat(message).startsWith("ARC-Seal: i=2; ");
    assertThat(message.substring(0, message.indexOf("ARC-Message-Signature"))).contains("cv=fail");
    assertThat(house.noted(Event.ArcSealed.class).getLast().chainValidation()).isEqualTo("fail");
    assertThat(chain().chainValidation()).isEqualTo(ChainValidation.FAIL);

    house.noted.clear();
    String ended =
        message.substring(0, message.indexOf("Authentication-Results: mx.ours"))
            + sealedBefore(1).replace("\n", "\r\n");
    assertThat(send(FRIENDS, ended.replace("\r", ""))).isEqualTo(250);
    assertThat(sealing())
        .containsExactly(new Event.ArcUnsealed("the chain was sealed as broken before"));
    assertThat(house.queue.last().message()).doesNotContain("i=3");
  }

  @Test
  void aChainThatIsAsLongAsItMayBeGetsNoMore() throws Exception {
    assertThat(send(FRIENDS, sealedBefore(50))).isEqualTo(250);
    assertUnsealed("50 sets");
  }

  /** Whoever comes next can still check it, and so nothing is lost. */
  @Test
  void aChainThatCannotBeCheckedForNowIsLeftAlone() throws Exception {
    house.dns.broken("k._domainkey.list.example");
    assertThat(send(FRIENDS, sealedBefore(1))).isEqualTo(250);
    assertUnsealed("could not be checked for now");
    assertThat(house.queue.last().message()).doesNotContain("cv=fail");
  }

  @Test
  void withoutAKeyNothingIsSealed() throws Exception {
    house.sealingDomain = Optional.of(LIST);
    assertThat(send(FRIENDS, MESSAGE)).isEqualTo(250);
    assertUnsealed("no RSA key of list.example signs yet");
    assertThat(chain().chainValidation()).isEqualTo(ChainValidation.NONE);
  }

  @Test
  void nothingElseIsSealed() throws Exception {
    assertThat(send("<alice@ours.example>", MESSAGE)).isEqualTo(250); // it stays here
    house.sealingDomain = Optional.empty(); // it is not wanted
    assertThat(send(FRIENDS, MESSAGE)).isEqualTo(250);
    house.sealingDomain = Optional.of(OURS);
    house.dns.txt("away.example", "v=spf1 -all"); // it is refused
    assertThat(send(FRIENDS, MESSAGE)).isEqualTo(550);
    // nobody checks it
    IntakeFixture.Talk alice =
        house.talk(house.smtp().speaking(Protocol.SUBMISSION).as("alice@ours.example"));
    alice.send("<alice@ours.example>", FRIENDS, "From: alice@ours.example\n\nx\n");
    house.trust("198.51.100.0/24");
    assertThat(send(FRIENDS, MESSAGE)).isEqualTo(250);
    assertThat(house.queue.taken)
        .hasSize(4)
        .allSatisfy(taken -> assertThat(taken.message()).doesNotContain("ARC-"));
    assertThat(sealing()).isEmpty();
  }

  @Test
  void whatIsOnlyMarkedIsSealedAboveTheMark() throws Exception {
    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=none");
    house.dns.txt("away.example", "v=spf1 -all");
    house.check(
        new PolicyPage(
            Map.of(Finding.SPF_FAIL, Action.MARK), List.of(), LocalPolicy.DEFAULT, Set.of()));
    assertThat(send(FRIENDS, MESSAGE)).isEqualTo(250);
    assertThat(house.queue.last().message()).contains("\r\nX-Authentication-Warning: ");
    assertThat(chain().passed()).as(chain().reason()).isTrue();
    assertThat(
            chain().sets().getFirst().results().orElseThrow().first("dmarc").orElseThrow().result())
        .isEqualTo("fail");
  }
}
