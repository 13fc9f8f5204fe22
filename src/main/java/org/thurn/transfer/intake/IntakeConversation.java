package org.thurn.transfer.intake;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thurn.authentication.results.ForgedResults;
import org.thurn.directory.Directory;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.name.Domain;
import org.thurn.name.ForwardPath;
import org.thurn.name.Host;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.Receiver;
import org.thurn.smtp.server.Session;
import org.thurn.store.Store;
import org.thurn.transfer.intake.Intake.Surroundings;
import org.thurn.transfer.intake.MessageIntake.HeaderWork;
import org.thurn.transfer.intake.RecipientCheck.Decision;
import org.thurn.transfer.signing.MailSigner;
import org.thurn.transfer.submission.SubmittedHeader;

/** One connection's decisions, in the order of the dialogue. */
final class IntakeConversation implements Receiver.Conversation {
  private static final Verdict OK = Verdict.accept("2.1.0", "Ok");
  private static final Verdict RECIPIENT_OK = Verdict.accept("2.1.5", "Ok");

  private final IntakeSettings settings;
  private final Surroundings house;
  private final Session session;
  private final RecipientCheck recipients;
  private final TlsDemand encryption;
  private final Optional<ClientCheck> client;
  private final SenderChecks senders;
  private final ForgedResults forged;
  private Event.@Nullable IprevChecked iprev;
  private Event.@Nullable HeloChecked helo;
  private @Nullable Transaction transaction;

  IntakeConversation(IntakeSettings settings, Surroundings house, Session session) {
    this.settings = settings;
    this.house = house;
    this.session = session;
    this.recipients = new RecipientCheck(settings.hostname(), house.directory(), house.full());
    this.encryption = new TlsDemand(settings.encryptedSenders());
    this.client =
        session.protocol() == Protocol.SMTP
            ? session.remote().address().map(address -> new ClientCheck(house.resolver(), address))
            : Optional.empty();
    this.senders = new SenderChecks(settings.hostname(), house, session, isOutside());
    this.forged = new ForgedResults(Set.of(settings.hostname().ascii()));
  }

  /** Mail from strangers is checked; who may relay here answers for what it brings. */
  private boolean isOutside() {
    return session.protocol() == Protocol.SMTP && !isTrusted();
  }

  /** LMTP has no defences of its own (RFC 2033 §5): only our own programs may speak it. */
  @Override
  public Verdict connect() {
    Optional<InetAddress> address = session.remote().address();
    boolean foreign =
        session.protocol() == Protocol.LMTP
            && !session.remote().isLoopback()
            && address.filter(settings::allowsLmtp).isEmpty();
    return foreign
        ? Verdict.reject(554, "5.7.1", "LMTP is not for you", "not on the list of LMTP clients")
        : OK;
  }

  /** A name is only recorded, at the first MAIL: RFC 5321 §4.1.4 forbids to refuse for it. */
  @Override
  public Verdict helo(String argument) {
    helo = null;
    return OK;
  }

  @Override
  public Verdict mail(QueueId id, ReversePath sender, MailParameters parameters) {
    checkClient();
    Optional<Verdict> refusal =
        stranger()
            .flatMap(_ -> encryption.refusal(sender, session))
            .or(() -> roomRefusal(parameters))
            .or(() -> submitterRefusal(sender));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    transaction = new Transaction(id, sender, parameters, senderRefusal(sender));
    senders.begin();
    return OK;
  }

  /** Notes for each message what is known of its client; the DNS is asked once a connection. */
  private void checkClient() {
    if (client.isEmpty()) {
      return;
    }
    iprev = iprev == null ? client.get().iprev(session.journey()) : iprev;
    session.journey().note(iprev);
    if (session.helo().isPresent()) {
      helo = helo == null ? client.get().helo(session.helo().get(), session.journey()) : helo;
      session.journey().note(helo);
    }
  }

  private Optional<Verdict> roomRefusal(MailParameters parameters) {
    long announced = parameters.size().orElse(0);
    if (announced > settings.maxOctets()) {
      return Optional.of(
          Verdict.reject(552, "5.3.4", "Message too big", announced + " octets announced"));
    }
    long free = house.store().free();
    return free - announced < settings.reserveOctets()
        ? Optional.of(
            Verdict.defer(
                452, "4.3.1", "Insufficient system storage", free + " octets free on the disk"))
        : Optional.empty();
  }

  /** RFC 6409 §4.3 and §6.1: who submits is known, and sends as nobody else. */
  private Optional<Verdict> submitterRefusal(ReversePath sender) {
    if (session.protocol() != Protocol.SUBMISSION) {
      return Optional.empty();
    }
    if (session.account().isEmpty()) {
      return Optional.of(
          Verdict.reject(530, "5.7.0", "Authentication required", "MAIL before AUTH"));
    }
    Mailbox account = session.account().get();
    boolean own =
        sender.mailbox().map(from -> house.directory().maySendAs(account, from)).orElse(true);
    if (!own) {
      return Optional.of(
          Verdict.reject(
              550,
              "5.7.1",
              "The sender address does not belong to your account",
              account + " may not send as " + sender));
    }
    return house.messages().take(account, settings.messagesPerHour())
        ? Optional.empty()
        : Optional.of(tooMany("messages"));
  }

  private static Verdict tooMany(String what) {
    return Verdict.defer(
        450, "4.7.1", "Too many " + what + " in one hour, try later", "rate limit of the account");
  }

  /**
   * What a stranger's sender is worth. Told at RCPT, not at MAIL: postmaster is to be reached by
   * those whose domain is broken, too.
   */
  private Optional<Verdict> senderRefusal(ReversePath sender) {
    boolean asked =
        settings.checkSenderDomain() && session.protocol() == Protocol.SMTP && !isTrusted();
    Optional<Domain> domain = sender.mailbox().flatMap(Mailbox::domain);
    return asked && domain.isPresent() && !house.directory().isLocal(domain.get())
        ? new SenderCheck(house.resolver()).refusal(domain.get(), session.journey())
        : Optional.empty();
  }

  private boolean isTrusted() {
    return session.remote().address().filter(settings::trusts).isPresent();
  }

  /** The client's address, unless it is one of ours or trusted. */
  private Optional<InetAddress> stranger() {
    boolean strange = session.protocol() == Protocol.SMTP && !isTrusted();
    return session
        .remote()
        .address()
        .filter(address -> strange)
        .filter(address -> settings.limitLoopback() || !address.isLoopbackAddress());
  }

  /** Submitters and trusted networks may send anywhere, everybody else only to us. */
  private boolean mayRelay() {
    return switch (session.protocol()) {
      case SUBMISSION -> session.account().isPresent();
      case SMTP -> isTrusted();
      case LMTP -> false;
    };
  }

  @Override
  public Verdict rcpt(ForwardPath path, RcptParameters parameters) {
    Transaction current = current();
    boolean guesses = stranger().filter(house.guesses()::areTooMany).isPresent();
    if (guesses && !RecipientCheck.isRole(path)) {
      return Guesses.LATER;
    }
    Decision decision = recipients.decide(path, session, mayRelay());
    return switch (decision) {
      case Decision.Refused(Verdict verdict) -> {
        if (verdict instanceof Verdict.Reject) {
          stranger().ifPresent(house.guesses()::failed);
        }
        yield verdict;
      }
      case Decision.Taken taken -> {
        boolean role = RecipientCheck.isRole(path) && !taken.rule().equals("relay");
        yield (role ? Optional.<Verdict>empty() : current.senderRefusal())
            .or(() -> amountRefusal(current, taken))
            .orElseGet(() -> take(current, path, parameters, taken));
      }
    };
  }

  private Optional<Verdict> amountRefusal(Transaction current, Decision.Taken taken) {
    if (current.targets() + taken.legs().size() > settings.maxTargets()) {
      return Optional.of(
          Verdict.defer(452, "4.5.3", "Too many recipients", "more than " + settings.maxTargets()));
    }
    boolean within =
        session.protocol() != Protocol.SUBMISSION
            || session
                .account()
                .filter(account -> house.recipients().take(account, settings.recipientsPerHour()))
                .isPresent();
    return within ? Optional.empty() : Optional.of(tooMany("recipients"));
  }

  private Verdict take(
      Transaction current, ForwardPath path, RcptParameters parameters, Decision.Taken taken) {
    senders.recipient(current, RecipientCheck.isRole(path));
    Mailbox original = recipients.original(path);
    current.add(original, parameters, taken.legs());
    session
        .journey()
        .about(original)
        .note(
            new Event.RecipientResolved(
                original, RecipientCheck.addresses(taken.legs()), taken.rule()));
    return RECIPIENT_OK;
  }

  @Override
  public Receiver.Incoming data() {
    Transaction current = current();
    Instant now = house.time().now();
    // Room for the fields that we add; the message itself is counted by its intake.
    long limit = settings.maxOctets() + (64 << 10);
    return new MessageIntake(
        current,
        session,
        work(current, now),
        house.queue(),
        house.store().stage(limit),
        settings.maxOctets(),
        now);
  }

  private HeaderWork work(Transaction current, Instant now) {
    HeaderField received = received(current).at(now);
    if (session.protocol() != Protocol.SUBMISSION) {
      return headers -> {
        Headers kept = cleaned(current, headers);
        Inspection inspection =
            signsForItsNetwork(current)
                ? signing(current, kept)
                : senders.inspect(current, headers, kept, Optional.ofNullable(iprev));
        return new HeaderWork.Result.Good(kept.prepend(received), inspection);
      };
    }
    Mailbox account = session.account().orElseThrow();
    Directory directory = house.directory();
    SubmittedHeader submitted =
        new SubmittedHeader(settings.hostname(), from -> directory.maySendAs(account, from));
    return headers ->
        switch (submitted.complete(headers, current.id(), now)) {
          case SubmittedHeader.Result.Refused(Verdict verdict) ->
              new HeaderWork.Result.Refused(verdict);
          case SubmittedHeader.Result.Good(var completed) ->
              new HeaderWork.Result.Good(completed.prepend(received), signing(current, completed));
        };
  }

  /**
   * A machine of the house that writes to others through us. What it only brings to us, or to our
   * aliases, may be a stranger's: it may be the gate that others' mail comes through.
   */
  private boolean signsForItsNetwork(Transaction current) {
    return session.protocol() == Protocol.SMTP
        && isTrusted()
        && current.relays()
        && house.signer().settings().trustedNetworks();
  }

  private Inspection signing(Transaction current, Headers headers) {
    MailSigner signer = house.signer();
    boolean encodes =
        signer.settings().encodeEightBit()
            && !current.staysHere()
            && SubmissionSigning.mayBeEncoded(headers);
    Optional<Store> encoding = encodes ? Optional.of(house.store()) : Optional.empty();
    return signer
        .begin(headers)
        .<Inspection>map(
            begun ->
                new SubmissionSigning(
                    signer, begun, encoding, current.isBinary(), session.journey()))
        .orElse(Inspection.NONE);
  }

  /**
   * Without what only we may say: RFC 5321 §4.4 has only the return path of the final delivery in a
   * message, RFC 8601 §5 no results in our name but our own.
   */
  private Headers cleaned(Transaction current, Headers headers) {
    Headers honest = isOutside() ? headers.without(forged) : headers;
    return current.staysHere() ? honest.without("Return-Path") : honest;
  }

  private ReceivedField received(Transaction current) {
    Optional<String> name =
        Optional.ofNullable(iprev)
            .filter(checked -> checked.result().equals("pass"))
            // The DNS has names that no host can have, and nothing of those enters a header.
            .flatMap(checked -> ClientCheck.host(checked.name()))
            .filter(Domain.class::isInstance)
            .map(Host::ascii);
    return new ReceivedField(
        settings.hostname(),
        session,
        name,
        current.smtpUtf8(),
        current.id(),
        current.onlyRecipient(),
        session.protocol() == Protocol.SUBMISSION && settings.hideSubmitter());
  }

  private Transaction current() {
    if (transaction == null) {
      throw new IllegalStateException("no transaction: MAIL comes first");
    }
    return transaction;
  }

  @Override
  public void reset() {
    transaction = null;
  }

  @Override
  public void close() {
    transaction = null;
  }
}
