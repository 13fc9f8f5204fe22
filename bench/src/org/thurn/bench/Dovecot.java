package org.thurn.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Debian's Dovecot (2.3), with maildirs. Every name at bench.example is an account, with one
 * password.
 *
 * @param lmtp where it takes mail over TCP
 * @param socket where it takes mail from Postfix
 */
record Dovecot(
    Path folder,
    InetSocketAddress lmtp,
    Path socket,
    InetSocketAddress imap,
    InetSocketAddress imaps) {
  /** Of the maildirs; Dovecot lets no lower uid than 500 own any. */
  private static final String OWNER = "nobody";

  /** Starts it; returns when it listens. */
  static Dovecot start(Group group, Path folder) throws Exception {
    Dovecot dovecot =
        new Dovecot(
            folder, Ports.free(), folder.resolve("lmtp.socket"), Ports.free(), Ports.free());
    for (String name : List.of("run", "state")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.createDirectories(folder.resolve("mail"));
    Postfix.own(folder.resolve("mail"), OWNER);
    Certificate.write(folder);
    Path file = folder.resolve("dovecot.conf");
    Files.writeString(
        file,
        SETTINGS
            .replace("FOLDER", folder.toString())
            .replace("@LMTP@", Integer.toString(dovecot.lmtp.getPort()))
            .replace("@IMAPS@", Integer.toString(dovecot.imaps.getPort()))
            .replace("@IMAP@", Integer.toString(dovecot.imap.getPort()))
            .replace("@OWNER@", OWNER)
            .replace("@PASSWORD@", Thurn.PASSWORD));
    Path output = folder.resolve("output");
    Process process =
        group.start(
            folder, output.toFile(), Map.of(), List.of("dovecot", "-F", "-c", file.toString()));
    Ports.await(dovecot.imap, process, output);
    Ports.await(dovecot.lmtp, process, output);
    return dovecot;
  }

  Path maildir(String user) {
    return folder.resolve("mail/" + user + "/Maildir");
  }

  static void giveTo(Path file) throws IOException {
    Postfix.own(file, OWNER);
  }

  /** Messages in all new/ of all maildirs. */
  long arrived() throws IOException {
    long count = 0;
    try (Stream<Path> users = Files.list(folder.resolve("mail"))) {
      for (Path user : users.toList()) {
        try (Stream<Path> messages = Files.list(user.resolve("Maildir/new"))) {
          count += messages.count();
        }
      }
    }
    return count;
  }

  private static final String SETTINGS =
      """
      protocols = imap lmtp
      default_client_limit = 10000
      base_dir = FOLDER/run
      state_dir = FOLDER/state
      log_path = FOLDER/log
      listen = 127.0.0.1
      ssl = yes
      ssl_cert = <FOLDER/certificate.pem
      ssl_key = <FOLDER/key.pem
      disable_plaintext_auth = no
      mail_location = maildir:~/Maildir
      mail_max_userip_connections = 5000
      recipient_delimiter = +
      auth_username_format = %n
      passdb {
        driver = static
        args = password=@PASSWORD@
      }
      userdb {
        driver = static
        args = uid=@OWNER@ gid=nogroup home=FOLDER/mail/%n allow_all_users=yes
      }
      service lmtp {
        unix_listener FOLDER/lmtp.socket {
          mode = 0666
        }
        inet_listener lmtp {
          address = 127.0.0.1
          port = @LMTP@
        }
      }
      service imap {
        process_limit = 5000
      }
      service imap-login {
        process_limit = 5000
        inet_listener imap {
          port = @IMAP@
        }
        inet_listener imaps {
          port = @IMAPS@
        }
      }
      """;
}
