package org.thurn.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.thurn.sasl.FailedLogins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.directory.Resolution.Found;
import org.thurn.directory.Resolution.Target;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.sasl.SaslServer;
import org.thurn.sasl.SaslServers;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;

class StoreDirectoryTest {
  private static final Domain STRICT = Domain.of("strict.example");
  private static final Mailbox ALICE = Mailbox.of("alice@strict.example");
  private static final Mailbox BOB = Mailbox.of("bob@strict.example");
  private static final Mailbox FAR = Mailbox.of("far@away.example");
  private static final Target TO_ALICE = new Target.Account(ALICE, "");
  private static final Target TO_BOB = new Target.Account(BOB, "");
  private static final PasswordCost CHEAP = new PasswordCost(64, 1, 2);

  @TempDir private Path directory;
  private final List<Entry> noted = new ArrayList<>();
  private RocksBudget budget;
  private RocksStore store;
  private StoreDirectory entries;
  private DirectoryChanges changes;

  @BeforeEach
  void open() {
    budget = RocksBudget.small();
    begin();
    done(changes.addAccount(ALICE, "correct horse", "test"));
    done(changes.addAccount(BOB, "battery staple", "test"));
  }

  private void begin() {
    Time time = Time.system();
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, time);
    Journey journey = Journey.to(noted::add, time, new Ids(time));
    entries = new StoreDirectory(store, time, journey, CHEAP);
    changes = entries.changes();
  }

  private void end() {
    entries.close();
    store.close();
  }

  @AfterEach
  void close() {
    end();
    budget.close();
  }

  @Test
  void theFirstAccountMakesItsDomain() {
    assertThat(entries.isLocal(STRICT)).isTrue();
    assertThat(entries.domains()).containsExactly(STRICT);
    assertThat(entries.accounts(Optional.empty()))
        .extracting(Account::address)
        .containsExactly(ALICE, BOB);
    assertThat(entries.isLocal(Domain.of("away.example"))).isFalse();
    assertThat(entries.resolve(FAR)).isInstanceOf(Resolution.NotLocal.class);
  }

  @Test
  void everythingIsThereAgainAfterARestart() {
    done(changes.setAlias(at("team"), List.of(ALICE, FAR), "test"));
    done(changes.setQuota(BOB, OptionalLong.of(1000), "test"));
    done(changes.setGrants(BOB, Set.of(FAR), "test"));
    done(changes.setCatchAll(STRICT, List.of(BOB), "test"));
    end();
    begin();
    assertThat(entries.verify("alice@strict.example", "correct horse")).contains(ALICE);
    assertThat(targets("team")).containsExactly(TO_ALICE, new Target.Forward(FAR));
    assertThat(entries.quota(BOB)).hasValue(1000);
    assertThat(entries.maySendAs(BOB, FAR)).isTrue();
    assertThat(found("whoever").rule()).isEqualTo("catch-all");
  }

  @Test
  void passwordsAreCheckedByAddressOrByBareNameOfTheFirstDomain() {
    assertThat(entries.verify("alice@strict.example", "correct horse")).contains(ALICE);
    assertThat(entries.verify("Alice@STRICT.example", "correct horse")).contains(ALICE);
    assertThat(entries.verify("alice", "correct horse")).contains(ALICE);
    assertThat(entries.verify("alice", "Correct horse")).isEmpty();
    assertThat(entries.verify("alice", "")).isEmpty();
    assertThat(entries.verify("carol", "correct horse")).isEmpty();
    assertThat(entries.verify("no address@@", "correct horse")).isEmpty();
  }

  @Test
  void aNewPasswordReplacesHashAndScramKeys() {
    byte[] before = entries.scram("alice").orElseThrow().keys().storedKey();
    done(changes.setPassword(ALICE, "another", "test"));
    assertThat(entries.verify("alice", "correct horse")).isEmpty();
    assertThat(entries.verify("alice", "another")).contains(ALICE);
    assertThat(entries.scram("alice").orElseThrow().keys().storedKey()).isNotEqualTo(before);
  }

  @Test
  void keysAreKeptAsLongAsOneDomainKeepsThem() {
    Domain soft = Domain.of("soft.example");
    done(changes.addAccount(Mailbox.of("carol@soft.example"), "a third word", "test"));
    assertThat(entries.keepsScramKeys()).isTrue();
    done(changes.setScram(STRICT, false, "test"));
    assertThat(entries.keepsScramKeys()).isTrue();
    done(changes.setScram(soft, false, "test"));
    assertThat(entries.keepsScramKeys()).isFalse();
    done(changes.setScram(STRICT, true, "test"));
    assertThat(entries.keepsScramKeys()).isTrue();
  }

  /** What a name that nobody has is answered with must not tell it from one that somebody has. */
  @Test
  void aFalseSaltIsTheSameHoweverTheNameIsSpelt() {
    done(changes.setScram(STRICT, false, "test"));
    done(changes.addAccount(Mailbox.of("carol@soft.example"), "a third word", "test"));
    SaslServers servers = new SaslServers(entries, new byte[] {1, 2, 3}, new FailedLogins(entries::canonical, false, Time.system()));
    for (String user : List.of("alice", "nobody")) {
      String salt = salt(servers, user);
      for (String other : List.of("@strict.example", "@Strict.EXAMPLE")) {
        assertThat(salt(servers, user + other)).isEqualTo(salt);
        assertThat(salt(servers, user.toUpperCase(Locale.ROOT) + other)).isEqualTo(salt);
      }
      assertThat(salt(servers, user + "@soft.example")).isNotEqualTo(salt);
    }
    assertThat(salt(servers, "alice")).isNotEqualTo(salt(servers, "nobody"));
    assertThat(salt(servers, "carol@soft.example")).isEqualTo(salt(servers, "Carol@soft.example"));
  }

  private static String salt(SaslServers servers, String user) {
    SaslServer server = servers.start("SCRAM-SHA-256", Optional.empty(), true).orElseThrow();
    if (server.respond(("n,,n=" + user + ",r=abc").getBytes(UTF_8))
        instanceof SaslServer.Step.Challenge(byte[] challenge)) {
      String first = new String(challenge, UTF_8);
      return first.substring(first.indexOf(",s="));
    }
    throw new AssertionError("no challenge for " + user);
  }

  @Test
  void scramSwitchedOffDeletesTheKeysAndKeepsNoNewOnes() {
    assertThat(entries.scram("alice")).isPresent();
    done(changes.setScram(STRICT, false, "test"));
    assertThat(entries.scram("alice")).isEmpty();
    done(changes.setPassword(ALICE, "another", "test"));
    assertThat(entries.scram("alice")).isEmpty();
    done(changes.setScram(STRICT, true, "test"));
    done(changes.setPassword(ALICE, "another", "test"));
    assertThat(entries.scram("alice")).isPresent();
  }

  @Test
  void localPartsAreComparedWithoutCase() {
    assertThat(targets("ALICE")).containsExactly(TO_ALICE);
    assertThat(changes.addAccount(at("Alice"), "x", "test").done()).isFalse();
  }

  @Test
  void plusAddressingKeepsTheDetailAsWritten() {
    assertThat(found("alice+Lists").targets()).containsExactly(new Target.Account(ALICE, "Lists"));
    assertThat(found("alice+Lists").rule()).isEqualTo("plus-address");
    done(changes.setDomain(STRICT, "plus-off", s -> s.withPlusAddressing(false), "test"));
    assertThat(entries.resolve(at("alice+Lists"))).isInstanceOf(Resolution.Unknown.class);
  }

  @Test
  void aliasesExpandFoldDoublesAndEndTheirLoops() {
    done(changes.setAlias(at("a"), List.of(at("b"), ALICE), "test"));
    done(changes.setAlias(at("b"), List.of(at("a"), BOB, ALICE, at("nobody")), "test"));
    assertThat(targets("a")).containsExactlyInAnyOrder(TO_ALICE, TO_BOB);
    done(changes.setAlias(at("loop"), List.of(at("loop")), "test"));
    assertThat(entries.resolve(at("loop"))).isInstanceOf(Resolution.Unknown.class);
  }

  @Test
  void aChainOfAliasesHasABound() {
    for (int i = 0; i < 20; i++) {
      done(changes.setAlias(at("x" + i), List.of(at("x" + (i + 1))), "test"));
    }
    done(changes.setAlias(at("x20"), List.of(ALICE), "test"));
    assertThat(targets("x15")).containsExactly(TO_ALICE);
    assertThat(entries.resolve(at("x0"))).isInstanceOf(Resolution.Unknown.class);
  }

  @Test
  void aCatchAllOfUnknownNamesEnds() {
    List<Mailbox> unknown = IntStream.range(0, 1000).mapToObj(i -> at("nobody" + i)).toList();
    done(changes.setCatchAll(STRICT, unknown, "test"));
    assertThat(entries.resolve(at("whoever"))).isInstanceOf(Resolution.Unknown.class);
    done(changes.setCatchAll(STRICT, List.of(at("nobody"), BOB), "test"));
    assertThat(targets("whoever")).containsExactly(TO_BOB);
  }

  @Test
  void anAliasIsNoAccountAndAnAccountNoAlias() {
    done(changes.setAlias(at("team"), List.of(ALICE), "test"));
    assertThat(changes.addAccount(at("team"), "x", "test").done()).isFalse();
    assertThat(changes.setAlias(ALICE, List.of(BOB), "test").done()).isFalse();
    done(changes.removeAlias(at("team"), "test"));
    assertThat(entries.resolve(at("team"))).isInstanceOf(Resolution.Unknown.class);
  }

  @Test
  void roleAddressesAlwaysLeadToSomebody() {
    Domain empty = Domain.of("empty.example");
    done(changes.addDomain(empty, "test"));
    for (String role : List.of("postmaster", "PostMaster", "abuse", "postmaster+x")) {
      assertThat(targets(role)).as(role).hasSize(1).first().extracting("address").isEqualTo(ALICE);
      assertThat(entries.resolve(Mailbox.of(role + "@empty.example")))
          .as(role)
          .isInstanceOf(Found.class);
    }
    assertThat(found("postmaster").rule()).isEqualTo("role");
    done(
        changes.setDomain(
            STRICT, "administrator", s -> s.withAdministrator(Optional.of(BOB)), "test"));
    assertThat(targets("abuse")).containsExactly(TO_BOB);
    assertThat(((Found) entries.postmaster()).targets()).containsExactly(TO_BOB);
  }

  @Test
  void anAccountSendsAsItselfItsAliasesAndItsGrants() {
    done(changes.setAlias(at("team"), List.of(ALICE, BOB), "test"));
    done(changes.setCatchAll(STRICT, List.of(BOB), "test"));
    assertThat(entries.maySendAs(ALICE, ALICE)).isTrue();
    assertThat(entries.maySendAs(ALICE, at("Alice+news"))).isTrue();
    assertThat(entries.maySendAs(ALICE, at("team"))).isTrue();
    assertThat(entries.maySendAs(ALICE, BOB)).isFalse();
    assertThat(entries.maySendAs(ALICE, FAR)).isFalse();
    assertThat(entries.maySendAs(BOB, at("anything"))).isFalse();
    assertThat(entries.maySendAs(at("carol"), at("carol"))).isFalse();
    done(changes.setGrants(ALICE, Set.of(FAR, BOB), "test"));
    assertThat(entries.maySendAs(ALICE, FAR)).isTrue();
    assertThat(entries.maySendAs(ALICE, BOB)).isTrue();
  }

  @Test
  void quotasAreTheAccountsOwnOrTheDomains() {
    assertThat(entries.quota(ALICE)).isEmpty();
    done(changes.setDomain(STRICT, "quota", s -> s.withQuota(OptionalLong.of(5)), "test"));
    done(changes.setQuota(BOB, OptionalLong.of(7), "test"));
    assertThat(entries.quota(ALICE)).hasValue(5);
    assertThat(entries.quota(BOB)).hasValue(7);
  }

  @Test
  void aDomainGoesOnlyWithoutAccounts() {
    assertThat(changes.removeDomain(STRICT, "test").done()).isFalse();
    done(changes.setAlias(at("team"), List.of(FAR), "test"));
    done(changes.removeAccount(ALICE, "test"));
    done(changes.removeAccount(BOB, "test"));
    done(changes.removeDomain(STRICT, "test"));
    assertThat(entries.isLocal(STRICT)).isFalse();
    assertThat(entries.postmaster()).isInstanceOf(Resolution.Unknown.class);
    done(changes.addDomain(STRICT, "test"));
    assertThat(entries.aliases(STRICT)).isEmpty();
  }

  @Test
  void changesAreNotedWithTheirAuthorAndRefusalsAreNot() {
    int before = noted.size();
    assertThat(changes.addAccount(at("carol"), "", "root").done()).isFalse();
    assertThat(changes.setPassword(at("carol"), "x", "root").done()).isFalse();
    assertThat(changes.removeAlias(at("carol"), "root").done()).isFalse();
    assertThat(noted).hasSize(before);
    done(changes.removeAccount(BOB, "root"));
    assertThat(noted.getLast().event())
        .isEqualTo(new Event.Administered("account-remove", "bob@strict.example", "root"));
  }

  private static Mailbox at(String local) {
    return Mailbox.of(local + "@strict.example");
  }

  private Found found(String local) {
    return (Found) entries.resolve(at(local));
  }

  private List<Target> targets(String local) {
    return found(local).targets();
  }

  private static void done(Change change) {
    assertThat(change).isEqualTo(new Change.Done());
  }
}
