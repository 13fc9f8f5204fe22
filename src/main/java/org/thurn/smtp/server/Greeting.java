package org.thurn.smtp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.net.Connection;
import org.thurn.net.CrlfReader.Line;
import org.thurn.smtp.Command;
import org.thurn.smtp.CommandParser;
import org.thurn.smtp.Reply;
import org.thurn.smtp.Verdict;

/** The first words: who does not wait for them, or is not wanted, gets 554 (RFC 5321 §3.1). */
record Greeting(
    SmtpServerSettings settings,
    Connection connection,
    Receiver.Conversation conversation,
    DialogueSession session,
    ReplyWriter replies,
    WaitingClients waiting) {
  private static final int MAX_LINE = 2_048;

  /** Greets; returns why the dialogue is over already, if it is. */
  Optional<String> greet() throws IOException {
    if (talksEarly()) {
      replies.tell("greeting", new Verdict.Reject(Replies.EARLY_TALKER, "early talker"));
      return Optional.of(awaitQuit("early talker"));
    }
    Verdict verdict = conversation.connect();
    if (!verdict.accepted()) {
      replies.tell("greeting", verdict);
      replies.flush();
      return Optional.of(verdict.reply().code() == 421 ? "refused" : awaitQuit("refused"));
    }
    String name = settings.protocol() == Protocol.LMTP ? " LMTP" : " ESMTP";
    replies.sendNow(Reply.plain(220, settings.hostname().ascii() + name + " Thurn"));
    return Optional.empty();
  }

  /**
   * Whether the client speaks before it is greeted, as those do that do not listen. Only on a plain
   * TCP connection: a read that times out ends a Unix one.
   */
  private boolean talksEarly() throws IOException {
    if (settings.earlyTalkerDelay().isZero()
        || connection.remote().isUnix()
        || connection.tls().isPresent()) {
      return false;
    }
    InetAddress client = connection.remote().address().orElseThrow();
    boolean early = waiting.knows(client) ? connection.hasInput() : speaksWithin();
    if (early) {
      waiting.spokeEarly(client);
    } else {
      waiting.waited(client);
    }
    return early;
  }

  private boolean speaksWithin() throws IOException {
    connection.readTimeout(settings.earlyTalkerDelay());
    try {
      // looks, and takes nothing; at the end of the stream there is nobody to call early
      return connection.reader().scan((octets, from, to) -> 0);
    } catch (SocketTimeoutException e) {
      // silence, as it should be
      return false;
    }
  }

  /** RFC 5321 §3.1: after 554 the client is to say QUIT; all else is answered 503. */
  private String awaitQuit(String reason) throws IOException {
    connection.readTimeout(settings.commandTimeout());
    connection.deadline(settings.commandTimeout());
    for (int commands = 0; commands <= settings.maxErrors(); commands++) {
      replies.flush();
      Line line = connection.reader().readLine(MAX_LINE);
      if (line instanceof Line.End) {
        return reason;
      }
      if (line instanceof Line.Text text
          && CommandParser.parse(text.octets()) instanceof Command.Quit) {
        session.journey().note(new Event.CommandReceived("QUIT"));
        replies.sendNow(Replies.goodbye(settings.hostname()));
        return reason;
      }
      replies.send(Replies.SAY_QUIT);
    }
    replies.sendNow(Replies.closing(settings.hostname(), "4.7.0", "too many errors"));
    return reason;
  }
}
