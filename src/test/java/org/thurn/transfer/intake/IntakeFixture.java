package org.thurn.transfer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.rotation.RotationSettings;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.inbound.InboundCheck;
import org.thurn.authentication.inbound.InboundSettings;
import org.thurn.authentication.spf.SpfSettings;
import org.thurn.directory.PasswordCost;
import org.thurn.directory.StoreDirectory;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Domain;
import org.thurn.name.ForwardPath;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.name.ReversePath;
import org.thurn.net.IpNetwork;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Reply;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.Receiver;
import org.thurn.smtp.server.Session;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;
import org.thurn.transfer.policy.PolicyPage;
import org.thurn.transfer.signing.KeyKeeping;
import org.thurn.transfer.signing.KeyPublisher;
import org.thurn.transfer.signing.MailSealer;
import org.thurn.transfer.signing.MailSigner;
import org.thurn.transfer.signing.SignerSettings;
import org.thurn.transfer.signing.SigningKeys;

/**
 * Intake of {@code ours.example} with alice and bob, on a real store and directory; the client is
 * 198.51.100.7.
 */
final class IntakeFixture implements AutoCloseable {
  static final String CLIENT = "198.51.100.7";

  ScriptedDns dns = new ScriptedDns();
  TakingQueue queue = new TakingQueue();
  final List<Entry> noted = new ArrayList<>();
  final Set<Mailbox> full = new HashSet<>();
  final StoreDirectory directory;
  final Journey journey;
  Intake intake;
  Optional<Authentication> authentication = Optional.empty();
  SignerSettings signing = SignerSettings.DEFAULT;
  Optional<Domain> sealingDomain = Optional.empty();
  IntakeSettings settings = IntakeSettings.of(Domain.of("mx.ours.example"));
  Instant now = Instant.parse("2026-11-24T06:40:00Z");
  private final RocksBudget budget = RocksBudget.small();
  private final RocksStore store;
  final SigningKeys keys;

  private final Time time =
      new Time() {
        @Override
        public Instant now() {
          return now;
        }

        @Override
        public long ticks() {
          return Duration.between(Instant.EPOCH, now).toNanos();
        }

        @Override
        public void pause(Duration duration) {
          now = now.plus(duration);
        }
      };

  IntakeFixture(Path state) {
    store = RocksStore.open(RocksStoreSettings.of(state), budget, Time.system());
    journey = Journey.to(noted::add, time, new Ids(time)).newSession();
    directory = new StoreDirectory(store, time, journey, new PasswordCost(64, 1, 1));
    directory.changes().addAccount(Mailbox.of("alice@ours.example"), "a", "test");
    directory.changes().addAccount(Mailbox.of("bob@ours.example"), "b", "test");
    keys = new SigningKeys(store, Cryptography.platform(), time);
    intake = fresh();
  }

  private Intake fresh() {
    dns.mx("away.example", "mx.away.example");
    return new Intake(
        () -> settings,
        directory,
        dns,
        store,
        queue,
        time,
        () -> authentication,
        new MailSigner(keys, directory::isLocal, () -> signing),
        new MailSealer(keys, () -> sealingDomain),
        full::contains);
  }

  /** As new, but for the directory. */
  void reset() {
    dns = new ScriptedDns();
    queue = new TakingQueue();
    noted.clear();
    full.clear();
    settings = IntakeSettings.of(Domain.of("mx.ours.example"));
    intake = fresh();
  }

  @Override
  public void close() {
    directory.close();
    store.close();
    budget.close();
  }

  /** Whether {@link #check} wants Received-SPF, too. */
  boolean receivedSpf;

  /** Checks what comes from outside, by this page and what the DNS says. */
  void check(PolicyPage page) {
    check(page, (name, type) -> dns.ask(name, type));
  }

  void check(PolicyPage page, Resolver resolver) {
    InboundSettings inbound =
        new InboundSettings(SpfSettings.of(settings.hostname()), DmarcSettings.DEFAULT);
    InboundCheck check =
        new InboundCheck(resolver, inbound, Time.system(), Cryptography.platform());
    authentication = Optional.of(new Authentication(check, page, receivedSpf));
  }

  /** Keys for {@code ours.example}, which the DNS shows. */
  void keepKeys() {
    KeyPublisher publisher =
        new KeyPublisher() {
          @Override
          public void publish(DnsName name, List<String> strings) {
            dns.txt(name.text(), String.join("", strings));
          }

          @Override
          public void remove(DnsName name) {
            throw new AssertionError("no key is that old");
          }
        };
    new KeyKeeping(
            keys, dns, () -> Optional.of(publisher), () -> RotationSettings.DEFAULT, time, journey)
        .round(directory.domains());
  }

  TalkedSession smtp() {
    return TalkedSession.smtp(CLIENT, "mx.away.example", journey);
  }

  TalkedSession submission(String account) {
    return smtp().speaking(Protocol.SUBMISSION).as(account);
  }

  void trust(String network) throws NameSyntaxException {
    settings =
        new IntakeSettings(
            settings.hostname(),
            settings.maxOctets(),
            settings.maxTargets(),
            List.of(IpNetwork.parse(network)),
            List.of(IpNetwork.parse(network)),
            settings.checkSenderDomain(),
            settings.reserveOctets(),
            settings.messagesPerHour(),
            settings.recipientsPerHour(),
            settings.unknownPerHour(),
            settings.limitLoopback(),
            settings.encryptedSenders(),
            settings.hideSubmitter());
  }

  void limits(long maxOctets, int maxTargets, int perHour, boolean hide) {
    settings =
        new IntakeSettings(
            settings.hostname(),
            maxOctets,
            maxTargets,
            settings.trustedNetworks(),
            settings.lmtpNetworks(),
            settings.checkSenderDomain(),
            settings.reserveOctets(),
            perHour,
            perHour,
            perHour,
            settings.limitLoopback(),
            settings.encryptedSenders(),
            hide);
  }

  /** One connection that says what it is told to. */
  static final class Talk {
    private final Receiver.Conversation conversation;
    private final Session session;

    Talk(IntakeFixture fixture, Session session) {
      this.session = session;
      this.conversation = fixture.intake.open(session);
    }

    Reply connect() {
      return conversation.connect().reply();
    }

    Reply mail(String path) {
      return mail(path, MailParameters.NONE);
    }

    Reply mail(String path, MailParameters parameters) {
      QueueId id = session.journey().newQueueId();
      return conversation.mail(id, reverse(path), parameters).reply();
    }

    private static ReversePath reverse(String path) {
      try {
        return ReversePath.parse(path);
      } catch (NameSyntaxException e) {
        throw new IllegalArgumentException(e);
      }
    }

    Reply rcpt(String path) {
      try {
        return conversation.rcpt(ForwardPath.parse(path), RcptParameters.NONE).reply();
      } catch (NameSyntaxException e) {
        return Reply.of(501, "5.1.3", "the dialogue refuses what is no path: " + e.getMessage());
      }
    }

    List<Verdict> data(String message) {
      return octets(message.replace("\n", "\r\n").getBytes(UTF_8));
    }

    List<Verdict> octets(byte[] message) {
      try {
        Receiver.Incoming incoming = conversation.data();
        incoming.body().write(message);
        return incoming.finish();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    void reset() {
      conversation.reset();
    }

    /** A whole transaction's last reply. */
    Reply send(String from, String to, String message) {
      Reply mail = mail(from);
      if (!mail.isPositive()) {
        return mail;
      }
      Reply rcpt = rcpt(to);
      return rcpt.isPositive() ? data(message).getFirst().reply() : rcpt;
    }
  }

  Talk talk(Session session) {
    return new Talk(this, session);
  }

  <E extends Event> List<E> noted(Class<E> type) {
    return noted.stream().map(Entry::event).filter(type::isInstance).map(type::cast).toList();
  }
}
