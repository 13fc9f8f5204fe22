package org.thurn.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** An IMAP server whose user0 has a large INBOX; it can be started and ended many times. */
abstract sealed class Mailful implements AutoCloseable permits MailfulDovecot, MailfulThurn {
  final Stage stage;
  final Path folder;
  private Optional<Group> group = Optional.empty();

  Mailful(Stage stage, Path folder) {
    this.stage = stage;
    this.folder = folder;
  }

  abstract String name();

  /** Puts so many messages into INBOX; it is ended before and after. */
  abstract void fill(int messages) throws Exception;

  abstract void start(Group own) throws Exception;

  abstract InetSocketAddress imap();

  abstract InetSocketAddress imaps();

  /** Asks for the memory that nobody needs any more, where somebody can be asked. */
  void collect(Group own) throws Exception {}

  final Group start() throws Exception {
    Group own = stage.place.keep(Group.make(name()));
    group = Optional.of(own);
    start(own);
    return own;
  }

  final void end() throws Exception {
    if (group.isPresent()) {
      Group own = group.get();
      group = Optional.empty();
      stage.place.end(own);
    }
  }

  /** A session of this user, over TLS or not. */
  final Imap login(int user, Optional<SSLSocketFactory> tls) throws IOException {
    Imap imap = Imap.connect(tls.isPresent() ? imaps() : imap(), tls);
    imap.login("user" + user + "@bench.example");
    return imap;
  }

  @Override
  public void close() throws Exception {
    end();
    Workplace.delete(folder);
  }

  /** About 1 KB: a header as mail has it, and a few lines. */
  static String message(int number, String end) {
    String text =
        """
        Return-Path: <sender%1$d@client.example>
        Received: from mx.client.example (mx.client.example [127.0.0.1]) by mx.bench.example
        	with ESMTP id %1$08d; Thu, 26 Nov 2026 12:00:00 +0000
        From: Sender Number %1$d <sender%1$d@client.example>
        To: User Zero <user0@bench.example>
        Cc: Somebody Else <else@bench.example>
        Date: Thu, 26 Nov 2026 12:00:00 +0000
        Message-ID: <message.%1$d@client.example>
        Subject: The message with the number %1$d

        """
            .formatted(number);
    return (text + ("0123456789".repeat(7) + "\n").repeat(7)).replace("\n", end);
  }
}
