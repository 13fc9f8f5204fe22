package org.thurn.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Event;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.FlagChange;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.SystemFlag;
import org.thurn.mailbox.UidSet;
import org.thurn.testing.Programs;

/** Programs that we did not write read, file, flag and fetch mail. */
class ForeignClientsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private AccessServer server;

  @BeforeEach
  void start() throws Exception {
    server = new AccessServer(folder.resolve("server"));
    server.append("INBOX", Messages.PLAIN, Flags.NONE);
    server.append("INBOX", Messages.MIXED, Flags.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Programs.Ran run(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Programs.require(program).toString()));
    command.addAll(List.of(arguments));
    return Programs.run(LIMIT, "", command);
  }

  private Programs.Ran curl(String... arguments) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of("-sS", "--cacert", server.authority().toString(), "--noproxy", "*"));
    all.addAll(List.of("-u", "alice@strict.example:secret"));
    all.addAll(List.of(arguments));
    return run("curl", all.toArray(String[]::new));
  }

  private List<MessageRow> inbox() {
    return server.mail(AccessServer.ALICE).messages(MailboxId.INBOX, UidSet.ALL, 100);
  }

  @Test
  void curlReadsSearchesAndAppendsOverImap() throws Exception {
    String url = "imap://localhost:" + server.imap();
    String tls = "imaps://localhost:" + server.imaps();

    assertThat(curl(url + "/INBOX;UID=1").output()).contains("Shall we meet at the");
    assertThat(curl(tls + "/INBOX;UID=2;SECTION=1.2").output()).contains("<p>hello</p>");
    assertThat(curl("--ssl-reqd", url + "/INBOX?SUBJECT%20lunch").output()).contains("* SEARCH 1");
    Path message = Files.writeString(folder.resolve("new.eml"), "Subject: sent\r\n\r\nhi\r\n");
    assertThat(curl("-T", message.toString(), tls + "/Sent").exitCode()).isZero();

    AccountMail mail = server.mail(AccessServer.ALICE);
    MailboxId sent = mail.find(MailboxName.of("Sent")).orElseThrow();
    assertThat(mail.messages(sent, UidSet.ALL, 9)).hasSize(1);
  }

  @Test
  void curlReadsOverPop3() throws Exception {
    assertThat(curl("pop3://localhost:" + server.pop3() + "/").output()).contains("1 ", "2 ");
    assertThat(curl("--ssl-reqd", "pop3://localhost:" + server.pop3() + "/1").output())
        .contains("\r\n.caf");
    assertThat(curl("pop3s://localhost:" + server.pop3s() + "/2").output()).contains("inner body");
  }

  @Test
  void mbsyncKeepsAMaildirAndTheMailboxAlike() throws Exception {
    Path maildir = Files.createDirectories(folder.resolve("maildir"));
    Path config = folder.resolve("mbsyncrc");
    Files.writeString(
        config,
        """
        IMAPAccount t
        Host 127.0.0.1
        Port %d
        User alice@strict.example
        Pass secret
        SSLType None
        AuthMechs LOGIN

        IMAPStore far
        Account t

        MaildirStore near
        Path %s/
        Inbox %s/INBOX
        SubFolders Verbatim

        Channel c
        Far :far:
        Near :near:
        Patterns INBOX Archive
        Create Both
        Expunge Both
        SyncState *
        """
            .formatted(server.imap(), maildir, maildir));
    Programs.Ran first = run("mbsync", "-c", config.toString(), "-a");
    assertThat(first).isEqualTo(new Programs.Ran(0, first.output()));
    Path inbox = maildir.resolve("INBOX");
    assertThat(files(inbox)).hasSize(2);

    Path lunch =
        files(inbox).stream()
            .filter(file -> text(file).contains("Lunch"))
            .findFirst()
            .orElseThrow();
    String name = lunch.getFileName().toString().replaceFirst(":2,.*", "");
    Files.move(lunch, inbox.resolve("cur").resolve(name + ":2,FS"));
    Files.writeString(inbox.resolve("cur").resolve("1.new.here:2,S"), "Subject: mine\n\nhello\n");
    server
        .mail(AccessServer.ALICE)
        .store(MailboxId.INBOX, UidSet.of(2), new FlagChange.Add(Flags.of(SystemFlag.ANSWERED)));
    Programs.Ran second = run("mbsync", "-c", config.toString(), "-a");
    assertThat(second).isEqualTo(new Programs.Ran(0, second.output()));

    assertThat(inbox())
        .extracting(row -> row.flags().toString())
        .containsExactly("(\\Seen \\Flagged)", "(\\Answered)", "(\\Seen)");
    assertThat(files(inbox)).hasSize(3).anyMatch(file -> file.toString().endsWith(":2,R"));
    server.mail(AccessServer.ALICE).remove(MailboxId.INBOX, UidSet.of(1));
    assertThat(run("mbsync", "-c", config.toString(), "-a").exitCode()).isZero();
    assertThat(files(inbox)).hasSize(2).noneMatch(file -> text(file).contains("Lunch"));
  }

  @Test
  void mbsyncLogsInWithScram() throws Exception {
    Path maildir = Files.createDirectories(folder.resolve("maildir"));
    Path config = folder.resolve("mbsyncrc");
    Files.writeString(
        config,
        """
        IMAPAccount t
        Host localhost
        Port %d
        User alice@strict.example
        Pass secret
        SSLType IMAPS
        CertificateFile %s
        AuthMechs SCRAM-SHA-256

        IMAPStore far
        Account t

        MaildirStore near
        Path %s/
        Inbox %s/INBOX

        Channel c
        Far :far:
        Near :near:
        Patterns INBOX
        Create Near
        SyncState *
        """
            .formatted(server.imaps(), server.authority(), maildir, maildir));

    Programs.Ran ran = run("mbsync", "-c", config.toString(), "-a");

    assertThat(ran).isEqualTo(new Programs.Ran(0, ran.output()));
    assertThat(files(maildir.resolve("INBOX"))).hasSize(2);
    assertThat(server.events())
        .contains(new Event.AuthenticationSucceeded("SCRAM-SHA-256", "alice@strict.example"));
  }

  private static List<Path> files(Path maildir) throws IOException {
    try (Stream<Path> files = Files.walk(maildir)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getParent().endsWith("cur") || file.getParent().endsWith("new"))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void fetchmailTakesTheMailAway() throws Exception {
    Path out = folder.resolve("out");
    Path config = folder.resolve("fetchmailrc");
    Files.writeString(
        config,
        """
        set idfile "%s"
        set pidfile "%s"
        poll 127.0.0.1 protocol POP3 service %d
          user "alice@strict.example" password "secret" sslproto ""
          mda "cat >> %s"
        """
            .formatted(folder.resolve("ids"), folder.resolve("pid"), server.pop3(), out));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));

    Programs.Ran ran = run("fetchmail", "-f", config.toString(), "--nosyslog");

    assertThat(ran).isEqualTo(new Programs.Ran(0, ran.output()));
    assertThat(text(out)).contains("Shall we meet at the", "inner body");
    assertThat(inbox()).isEmpty();
  }

  @Test
  void muttCopiesAMessageOut() throws Exception {
    Programs.require("mutt");
    Path out = folder.resolve("mbox");
    Path config = folder.resolve("muttrc");
    Files.writeString(
        config,
        """
        set imap_user="alice@strict.example" imap_pass="secret"
        set ssl_starttls=no ssl_force_tls=no
        set confirmcreate=no confirmappend=no quit=yes mbox_type=mbox
        set header_cache="" message_cachedir="" folder="%s"
        push "<first-entry><copy-message>%s<enter><quit>"
        """
            .formatted(folder, out));
    String mutt = "mutt -n -F " + config + " -f imap://127.0.0.1:" + server.imap() + "/INBOX";

    Programs.Ran ran = run("script", "-qec", "TERM=xterm " + mutt, "/dev/null");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(text(out)).contains("Subject: Lunch at noon");
  }
}
