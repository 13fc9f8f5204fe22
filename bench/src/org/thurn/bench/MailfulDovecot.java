package org.thurn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Dovecot with a maildir that was written as files. */
final class MailfulDovecot extends Mailful {
  private Optional<Dovecot> dovecot = Optional.empty();

  MailfulDovecot(Stage stage, Path folder) {
    super(stage, folder);
  }

  @Override
  String name() {
    return "Dovecot";
  }

  @Override
  void start(Group own) throws Exception {
    dovecot = Optional.of(Dovecot.start(own, folder));
  }

  @Override
  void fill(int messages) throws IOException {
    Path maildir = folder.resolve("mail/user0/Maildir");
    for (String name : List.of("cur", "new", "tmp")) {
      Files.createDirectories(maildir.resolve(name));
    }
    for (int i = 1; i <= messages; i++) {
      byte[] text = message(i, "\n").getBytes(US_ASCII);
      int wire = message(i, "\r\n").length();
      String name =
          "%d.M%dP1.bench,S=%d,W=%d:2,S".formatted(1_790_000_000 + i, i, text.length, wire);
      Dovecot.giveTo(Files.write(maildir.resolve("cur").resolve(name), text));
    }
    for (Path file : List.of(maildir.getParent(), maildir)) {
      Dovecot.giveTo(file);
    }
    for (String name : List.of("cur", "new", "tmp")) {
      Dovecot.giveTo(maildir.resolve(name));
    }
  }

  @Override
  InetSocketAddress imap() {
    return dovecot.orElseThrow().imap();
  }

  @Override
  InetSocketAddress imaps() {
    return dovecot.orElseThrow().imaps();
  }
}
