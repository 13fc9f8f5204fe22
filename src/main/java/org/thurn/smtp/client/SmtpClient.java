package org.thurn.smtp.client;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Host;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.name.ReversePath;
import org.thurn.net.Connection;
import org.thurn.net.TlsSession;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.SaslClient;
import org.thurn.smtp.Reply;
import org.thurn.time.Time;

/**
 * One SMTP dialogue over one connection, for one thread. What the server answers is a value; a
 * connection that breaks, times out or speaks no SMTP is an IOException, after which only {@link
 * #close} is left.
 */
public final class SmtpClient implements AutoCloseable {
  private final Connection connection;
  private final Dialogue dialogue;
  private final Timeouts timeouts;
  private final Time time;
  private final long opened;
  private Extensions extensions = Extensions.NONE;
  private Optional<String> serverName = Optional.empty();
  private boolean usable = true;
  private boolean midTransaction;
  private boolean closed;
  private int transactions;

  /** Takes the connection over and closes it in the end; every step is noted in {@code journey}. */
  public SmtpClient(Connection connection, Timeouts timeouts, Time time, Journey journey) {
    this.connection = connection;
    this.dialogue = new Dialogue(connection, journey);
    this.timeouts = timeouts;
    this.time = time;
    this.opened = time.ticks();
  }

  /** Notes what follows elsewhere: a connection that is kept carries the next message. */
  public void noteIn(Journey journey) {
    dialogue.noteIn(journey);
  }

  /** The server's first words: 220, or 554 or 4xx for "not now, not here" (RFC 5321 §3.1). */
  public Reply greeting() throws IOException {
    return watched(dialogue.readGreeting(timeouts.greeting()));
  }

  /** EHLO, or HELO where the server does not know EHLO (RFC 5321 §3.2). */
  public Reply hello(Host name) throws IOException {
    dialogue.send("EHLO " + name.ascii());
    Reply ehlo = watched(dialogue.readGreeting(timeouts.mail()));
    if (ehlo.code() / 100 == 2) {
      extensions = Extensions.parse(ehlo);
      serverName = serverName(ehlo);
      return ehlo;
    }
    extensions = Extensions.NONE;
    if (!ehlo.isPermanent()) {
      return ehlo;
    }
    dialogue.send("HELO " + name.ascii());
    return watched(dialogue.readGreeting(timeouts.mail()));
  }

  /** The domain or address literal that the reply to EHLO begins with (RFC 5321 §4.1.1.1). */
  private static Optional<String> serverName(Reply ehlo) {
    try {
      return Optional.of(Host.parse(ehlo.lines().getFirst().split(" ", 2)[0]).ascii());
    } catch (NameSyntaxException _) {
      return Optional.empty(); // servers are known that greet with other words
    }
  }

  /** How the server named itself at the last EHLO; empty if by no name. */
  public Optional<String> serverName() {
    return serverName;
  }

  /** What the server offered at the last {@link #hello}. */
  public Extensions extensions() {
    return extensions;
  }

  /**
   * STARTTLS. After 220 and the handshake the server is unknown again: say {@link #hello}.
   *
   * @throws TlsHandshakeException if the server agreed but the handshake failed, or more than the
   *     reply was there before it (response injection)
   */
  public Reply startTls(TlsUpgrade upgrade) throws IOException {
    Reply reply = watched(dialogue.command("STARTTLS", timeouts.mail()));
    if (reply.code() / 100 == 2) {
      // a server that waits for the handshake says nothing: somebody else put words in
      if (connection.hasInput()) {
        throw failed(new IOException("more came with the reply to STARTTLS, in the clear"));
      }
      handshake(upgrade);
    }
    return reply;
  }

  /** TLS from the first octet, RFC 8314 §3.3: before {@link #greeting}. */
  public void implicitTls(TlsUpgrade upgrade) throws IOException {
    handshake(upgrade);
  }

  private void handshake(TlsUpgrade upgrade) throws IOException {
    extensions = Extensions.NONE; // RFC 3207 §4.2: what was learnt in the clear is forgotten
    try {
      connection.startTls(upgrade);
    } catch (IOException e) {
      throw failed(e);
    }
    connection.tls().ifPresent(session -> dialogue.journey().note(noted(session)));
  }

  private TlsHandshakeException failed(IOException cause) {
    usable = false;
    TlsHandshakeException failure = new TlsHandshakeException(cause);
    dialogue.journey().note(new Event.TlsFailed(String.valueOf(failure.getMessage())));
    return failure;
  }

  private static Event noted(TlsSession session) {
    List<X509Certificate> chain = session.peerChain();
    return new Event.TlsEstablished(
        session.version(),
        session.cipherSuite(),
        session.group().orElse(""),
        chain.isEmpty() ? "" : chain.getFirst().getSubjectX500Principal().getName(),
        session.verification());
  }

  /**
   * AUTH, RFC 4954. 235 is success.
   *
   * @param user who logs in, for the journey
   */
  public Reply authenticate(SaslClient client, String user) throws IOException {
    return watched(new Authentication(dialogue, timeouts).run(client, user));
  }

  /**
   * Sends one message; the results stand in the recipients' order.
   *
   * @throws IOException if the connection broke before the message was complete: nobody got it
   */
  public List<RecipientResult> send(Transaction transaction) throws IOException {
    usable &= !midTransaction || reset().code() / 100 == 2;
    if (!usable) {
      throw new IOException("the server refused RSET");
    }
    midTransaction = true;
    transactions++;
    MailTransaction running = new MailTransaction(dialogue, timeouts, extensions, transaction);
    List<RecipientResult> results = running.run();
    usable &= !running.lost();
    midTransaction = results.stream().noneMatch(RecipientResult.Taken.class::isInstance);
    return results;
  }

  /**
   * Asks whether the server would take mail for these, by a transaction that ends before its
   * message: MAIL, RCPT, RSET.
   *
   * @return the replies in the mailboxes' order; where MAIL is refused, or 421 ends it, that one
   */
  public List<Reply> verify(ReversePath sender, List<Mailbox> mailboxes) throws IOException {
    midTransaction = true;
    Reply mail = watched(dialogue.command("MAIL FROM:<" + sender + ">", timeouts.mail()));
    List<Reply> replies = new ArrayList<>();
    Reply last = mail;
    for (Mailbox mailbox : mailboxes) {
      if (mail.code() / 100 == 2 && usable) {
        last = watched(dialogue.command("RCPT TO:<" + mailbox + ">", timeouts.rcpt()));
      }
      replies.add(last);
    }
    if (usable) {
      reset();
    }
    return List.copyOf(replies);
  }

  /** Transactions begun on this connection. */
  public int transactions() {
    return transactions;
  }

  /** Ends a transaction that was not completed, or asks whether the server is still there. */
  public Reply reset() throws IOException {
    Reply reply = watched(dialogue.command("RSET", timeouts.mail()));
    midTransaction = false;
    return reply;
  }

  private Reply watched(Reply reply) {
    usable &= reply.code() != 421; // RFC 5321 §3.8: the server closes now
    return reply;
  }

  /** Whether another transaction may follow; false after 421, silence or a failed handshake. */
  public boolean usable() {
    return usable;
  }

  public Connection connection() {
    return connection;
  }

  /** QUIT, then close. Nothing depends on the answer any more, so none is an error. */
  public void quit() {
    String reason = "quit";
    try {
      if (usable) {
        dialogue.command("QUIT", timeouts.quit());
      }
    } catch (IOException e) {
      reason = "quit, unanswered: " + e.getMessage();
    }
    close(reason);
  }

  /** Closes at once, without QUIT; the reason is for the journey. */
  public void close(String reason) {
    usable = false;
    if (!closed) {
      closed = true;
      connection.close();
      Duration lasted = Duration.ofNanos(time.ticks() - opened);
      dialogue.journey().note(new Event.ConnectionClosed(reason, lasted));
    }
  }

  /** Closes at once, without QUIT. */
  @Override
  public void close() {
    close("closed");
  }
}
