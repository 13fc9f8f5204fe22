package org.thurn.smtp.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.net.Connection;
import org.thurn.net.CrlfReader.Line;
import org.thurn.net.EndlessLineException;
import org.thurn.net.TlsSession;
import org.thurn.smtp.Command;
import org.thurn.smtp.CommandParser;
import org.thurn.smtp.Reply;
import org.thurn.smtp.Verdict;
import org.thurn.store.StoreException;

/** One connection, from the greeting to the goodbye: read, parse, decide, reply. */
final class Dialogue {
  /** RFC 5321 §4.5.3.1.4 wants 512, and more for each extension; this holds all of ours. */
  private static final int MAX_COMMAND = 2_048;

  private static final Duration LINGER = Duration.ofSeconds(1);

  private final SmtpServer server;
  private final SmtpServerSettings settings;
  private final Connection connection;
  private final Receiver.Conversation conversation;
  private final DialogueSession session;
  private final ReplyWriter replies;
  private final Capabilities capabilities;
  private final MessageDialogue messages;
  private final AuthDialogue auth;
  private final ShownCommand shown = new ShownCommand();
  private @Nullable Transaction transaction;
  private int transactions;
  private int idleCommands;
  private int authFailures;

  /** Why the dialogue is over; empty while it is not. */
  private Optional<String> ended = Optional.empty();

  Dialogue(
      SmtpServer server,
      Connection connection,
      DialogueSession session,
      Receiver.Conversation conversation) {
    this.server = server;
    this.settings = server.settings();
    this.connection = connection;
    this.conversation = conversation;
    this.session = session;
    this.replies = new ReplyWriter(connection, session);
    this.capabilities = new Capabilities(settings, connection, server.tls(), server.sasl());
    this.messages = new MessageDialogue(settings, connection, replies);
    this.auth =
        new AuthDialogue(settings, connection, capabilities, session, replies, server.time());
  }

  /** Speaks to the end; returns why it ended. */
  String run() throws IOException, InterruptedException {
    ended =
        new Greeting(settings, connection, conversation, session, replies, server.waiting())
            .greet();
    while (ended.isEmpty()) {
      step();
    }
    return ended.get();
  }

  private void step() throws IOException, InterruptedException {
    if (transaction == null && connection.draining()) {
      close("4.3.2", "the server is going down");
      return;
    }
    Line line = read();
    switch (line) {
      case Line.Text text -> obey(text);
      case Line.TooLong() -> replies.sendNow(Replies.LINE_TOO_LONG);
      case Line.BareEnd() -> replies.sendNow(Replies.BARE_END);
      case Line.End() -> left();
    }
    if (ended.isEmpty() && replies.errors() > settings.maxErrors()) {
      close("4.7.0", "too many errors");
    } else if (ended.isEmpty() && idleCommands > patience()) {
      close("4.7.0", "too many commands without mail");
    }
  }

  /**
   * RFC 5321 §4.5.3.1.10: a client that is told of too many recipients goes on with those that were
   * taken, once it has said all the others.
   */
  private int patience() {
    boolean addressed = transaction != null && transaction.recipients() > 0;
    return settings.maxIdleCommands() + (addressed ? settings.maxRecipients() : 0);
  }

  private Line read() throws IOException {
    if (!connection.reader().hasLine()) {
      // RFC 2920 §3.2: what is pending leaves before the input is waited for
      replies.flush();
    }
    connection.readTimeout(settings.commandTimeout());
    connection.deadline(settings.commandTimeout());
    connection.mayEnd(transaction == null);
    int max = settings.protocol() == Protocol.SUBMISSION ? AuthDialogue.MAX_LINE : MAX_COMMAND;
    Line line = connection.reader().readLine(max);
    connection.mayEnd(false);
    return line;
  }

  private void left() throws IOException {
    if (connection.draining()) {
      close("4.3.2", "the server is going down");
    } else {
      ended = Optional.of("the client closed the connection");
    }
  }

  private void obey(Line.Text line) throws IOException, InterruptedException {
    Command command = CommandParser.parse(line.octets());
    if (line.octets().length > MAX_COMMAND && !(command instanceof Command.Auth)) {
      replies.sendNow(Replies.LINE_TOO_LONG);
      return;
    }
    if (command instanceof Command.Mail && transaction == null) {
      session.begin(session.journey().newQueueId());
    }
    session.journey().note(new Event.CommandReceived(shown.line(command, line)));
    idleCommands++;
    try {
      dispatch(command);
    } catch (StoreException e) {
      replies.tell("command", Stores.verdict(e));
    }
    if (transaction == null) {
      session.end();
    }
    // RFC 2920 §3.2: only these may share a packet with what follows
    boolean grouped =
        command instanceof Command.Mail
            || command instanceof Command.Rcpt
            || command instanceof Command.Rset
            || command instanceof Command.Bdat;
    if (!grouped && ended.isEmpty()) {
      replies.flush();
    }
  }

  private void dispatch(Command command) throws IOException, InterruptedException {
    switch (command) {
      case Command.Helo(String argument) -> hello(argument, Protocol.SMTP, false);
      case Command.Ehlo(String argument) -> hello(argument, Protocol.SMTP, true);
      case Command.Lhlo(String argument) -> hello(argument, Protocol.LMTP, true);
      case Command.Mail mail -> mail(mail);
      case Command.Rcpt rcpt -> rcpt(rcpt);
      case Command.Data() -> settle(messages.data(current(), conversation));
      case Command.Bdat bdat -> settle(messages.bdat(bdat, current(), conversation));
      case Command.Rset() -> {
        reset();
        replies.send(Replies.OK);
      }
      case Command.Noop() -> replies.send(Replies.OK);
      case Command.Vrfy _ -> replies.send(needsAuth().orElse(Replies.CANNOT_VERIFY));
      case Command.Expn _ -> replies.send(Replies.NOT_IMPLEMENTED);
      case Command.Help() -> replies.send(capabilities.help());
      case Command.Quit() -> {
        replies.sendNow(Replies.goodbye(settings.hostname()));
        ended = Optional.of("QUIT");
      }
      case Command.StartTls() -> startTls();
      case Command.Auth command1 -> auth(command1);
      case Command.Wrong(Reply reply) -> replies.send(reply);
    }
  }

  private Optional<Transaction> current() {
    return Optional.ofNullable(transaction);
  }

  /** RFC 5321 §4.1.1.1; RFC 2033 §4.1: LMTP knows neither HELO nor EHLO, SMTP no LHLO. */
  private void hello(String argument, Protocol spoken, boolean extended) throws IOException {
    boolean lmtp = settings.protocol() == Protocol.LMTP;
    if (lmtp != (spoken == Protocol.LMTP)) {
      replies.send(lmtp ? Replies.LHLO_ONLY : Replies.NO_LHLO);
      return;
    }
    Verdict verdict = conversation.helo(argument);
    if (!verdict.accepted()) {
      replies.tell("helo", verdict);
      return;
    }
    // RFC 5321 §4.1.4: a later EHLO clears all buffers, as RSET does
    reset();
    session.greeted(argument, extended);
    replies.send(
        extended
            ? capabilities.ehlo(argument)
            : Reply.plain(250, settings.hostname().ascii() + " greets " + argument));
  }

  /** What RFC 4954 §6 has a server say before AUTH, on submission. */
  private Optional<Reply> needsAuth() {
    if (settings.protocol() != Protocol.SUBMISSION || session.account().isPresent()) {
      return Optional.empty();
    }
    boolean tlsFirst = capabilities.mechanisms().isEmpty() && capabilities.offersStartTls();
    return Optional.of(tlsFirst ? Replies.TLS_FIRST : Replies.AUTH_FIRST);
  }

  private void mail(Command.Mail mail) throws IOException {
    Optional<Reply> refusal = mailRefusal(mail);
    if (refusal.isPresent()) {
      replies.send(refusal.get());
      return;
    }
    if (transactions >= settings.maxTransactions()) {
      close("4.7.0", "too many transactions");
      return;
    }
    transactions++;
    QueueId id = session.journey().queue().orElseThrow();
    Verdict verdict = conversation.mail(id, mail.sender(), mail.parameters());
    if (verdict.accepted()) {
      transaction = new Transaction(id, mail.parameters());
    }
    replies.tell("mail", verdict);
  }

  private Optional<Reply> mailRefusal(Command.Mail mail) {
    if (session.helo().isEmpty()) {
      return Optional.of(Replies.HELLO_FIRST);
    }
    if (transaction != null) {
      return Optional.of(Replies.NESTED_MAIL);
    }
    return needsAuth().or(() -> capabilities.refusal(mail.parameters()));
  }

  private void rcpt(Command.Rcpt rcpt) throws IOException {
    Optional<Reply> refusal = rcptRefusal(rcpt);
    if (refusal.isPresent()) {
      replies.send(refusal.get());
      return;
    }
    Transaction open = current().orElseThrow();
    open.attempted();
    Verdict verdict = conversation.rcpt(rcpt.recipient(), rcpt.parameters());
    if (verdict.accepted()) {
      open.accepted();
      idleCommands = 0;
    }
    replies.tell("rcpt", verdict);
  }

  private Optional<Reply> rcptRefusal(Command.Rcpt rcpt) {
    if (transaction == null) {
      return Optional.of(needsAuth().orElse(Replies.MAIL_FIRST));
    }
    if (transaction.chunks().isPresent()) {
      return Optional.of(Replies.CHUNKS_BEGUN);
    }
    // RFC 6531 §3.5
    if (!rcpt.ascii() && !transaction.parameters().smtpUtf8()) {
      return Optional.of(Replies.NEEDS_SMTPUTF8);
    }
    // RFC 5321 §4.5.3.1.10
    return transaction.recipients() >= settings.maxRecipients()
        ? Optional.of(Replies.TOO_MANY_RECIPIENTS)
        : Optional.empty();
  }

  private void settle(MessageDialogue.Outcome outcome) {
    switch (outcome) {
      case OPEN -> {}
      case REFUSED -> over();
      case ACCEPTED -> {
        replies.forgetErrors();
        idleCommands = 0;
        over();
      }
    }
  }

  /** The transaction is over by its message: nothing is left to abort. */
  private void over() {
    transaction = null;
    conversation.reset();
  }

  private void reset() {
    abort();
    conversation.reset();
    session.end();
  }

  /** Drops what is under way; the connection may be gone already. */
  void abort() {
    if (transaction != null) {
      transaction.abort();
      transaction = null;
    }
  }

  private void startTls() throws IOException {
    if (connection.tls().isPresent()) {
      replies.send(Replies.TLS_ALREADY);
      return;
    }
    if (server.tls().isEmpty()) {
      replies.send(Replies.NOT_IMPLEMENTED);
      return;
    }
    reset();
    replies.sendNow(Replies.TLS_READY);
    try {
      connection.startTls(server.tls().get());
    } catch (IOException e) {
      session.journey().note(new Event.TlsFailed(String.valueOf(e.getMessage())));
      ended = Optional.of("the TLS handshake failed");
      return;
    }
    session.forget();
    session.journey().note(established(connection.tls().orElseThrow()));
  }

  static Event.TlsEstablished established(TlsSession tls) {
    String peer =
        tls.peerChain().isEmpty()
            ? ""
            : tls.peerChain().getFirst().getSubjectX500Principal().getName();
    return new Event.TlsEstablished(
        tls.version(), tls.cipherSuite(), tls.group().orElse(""), peer, tls.verification());
  }

  /** RFC 4954 §4: never in a transaction, never twice; and here on submission only. */
  private void auth(Command.Auth command) throws IOException, InterruptedException {
    if (settings.protocol() != Protocol.SUBMISSION || server.sasl().isEmpty()) {
      replies.send(Replies.NOT_IMPLEMENTED);
    } else if (!session.extended()) {
      replies.send(Replies.HELLO_FIRST);
    } else if (session.account().isPresent() || transaction != null) {
      replies.send(Reply.of(503, "5.5.1", "Not now: authenticated, or within a transaction"));
    } else if (auth.run(command) && ++authFailures >= settings.maxAuthFailures()) {
      close("4.7.0", "too many failed logins");
    }
  }

  private void close(String status, String why) throws IOException {
    replies.sendNow(Replies.closing(settings.hostname(), status, why));
    ended = Optional.of(why);
    if (connection.reader().buffered() > 0) {
      linger();
    }
  }

  private void closeEndless(IOException cause) throws IOException {
    close("4.7.0", String.valueOf(cause.getMessage()));
    linger();
  }

  /** A close with input unread resets the connection, and the peer may lose our last words. */
  private void linger() {
    try {
      connection.readTimeout(LINGER);
      connection.deadline(LINGER);
      boolean more = true;
      while (more) {
        more = connection.reader().scan((octets, from, to) -> to - from);
      }
    } catch (IOException e) {
      // it does not stop talking, or is gone: the courtesy is over either way
      connection.close();
    }
  }

  /** Says why it cannot go on, if the peer is there to hear it; returns the reason. */
  String fail(Exception cause) {
    try {
      switch (cause) {
        case SocketTimeoutException _ -> close("4.4.2", "time out");
        case EndlessLineException e -> closeEndless(e);
        case Reception.EndlessMessageException e -> closeEndless(e);
        case EOFException e -> ended = Optional.of(String.valueOf(e.getMessage()));
        case IOException e when connection.draining() -> close("4.3.2", "the server is going down");
        case IOException e -> ended = Optional.of("connection lost: " + e.getMessage());
        case Exception _ -> close("4.3.0", "local trouble");
      }
    } catch (IOException e) {
      return "connection lost: " + e.getMessage();
    }
    return ended.orElse("closed");
  }
}
