package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.admin.ControlClient;
import org.thurn.testing.Programs;

/**
 * Mail from one domain is read in another with curl, mbsync, fetchmail and mutt. Each has a mailbox
 * of its own, as some take the mail away.
 */
@ExtendWith(LabFixture.class)
class ReadingClientsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final RunningLab lab;
  @TempDir private Path folder;

  ReadingClientsTest(RunningLab lab) {
    this.lab = lab;
  }

  /** Sends a message with swaks to port 25 and waits until it is there, after the lab's own. */
  private long send(String to, String subject) throws Exception {
    String domain = RunningLab.domainOf(to);
    if (to.startsWith("carol@")) {
      lab.awaitMail(to, "Welcome to " + domain);
    }
    Programs.Ran ran =
        Programs.run(
            LIMIT,
            "",
            List.of(
                Programs.require("swaks").toString(),
                "--server",
                lab.address(domain),
                "--port",
                Integer.toString(lab.port(domain, "smtp")),
                "--from",
                "alice@plain.example",
                "--to",
                to,
                "--header",
                "Subject: " + subject,
                "--body",
                "The body of " + subject));
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    return lab.awaitMail(to, subject);
  }

  private static Programs.Ran run(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Programs.require(program).toString()));
    command.addAll(List.of(arguments));
    Programs.Ran ran = Programs.run(LIMIT, "", command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    return ran;
  }

  private String curl(String account, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-sS", "--noproxy", "*", "--ssl-reqd"));
    all.addAll(List.of("--cacert", lab.authority().toString()));
    all.addAll(List.of("-u", account + ":" + lab.password(account)));
    all.addAll(List.of(arguments));
    return run("curl", all.toArray(String[]::new)).output();
  }

  @Test
  void curlFetchesSearchesAndAppends() throws Exception {
    String carol = "carol@soft.example";
    long uid = send(carol, "for curl");
    String clear = "imap://" + lab.at("soft.example", "imap");
    String tls = "imaps://" + lab.at("soft.example", "imaps");

    assertThat(curl(carol, clear + "/INBOX;UID=" + uid))
        .startsWith("Return-Path: <alice@plain.example>\r\n")
        .contains("The body of for curl");
    assertThat(curl(carol, tls + "/INBOX?SUBJECT%20curl")).contains("* SEARCH 2");
    assertThat(curl(carol, tls + "/INBOX?SUBJECT%20nothing")).doesNotContain("SEARCH 2");
    Path draft = Files.writeString(folder.resolve("draft"), "Subject: a draft\r\n\r\nDear\r\n");
    curl(carol, "-T", draft.toString(), tls + "/Drafts");
    assertThat(curl(carol, clear + "/Drafts;UID=1")).isEqualTo("Subject: a draft\r\n\r\nDear\r\n");
  }

  @Test
  void curlReadsTheMaildrop() throws Exception {
    String bob = "bob@list.example";
    send(bob, "for POP3");
    String clear = "pop3://" + lab.at("list.example", "pop3");
    String tls = "pop3s://" + lab.at("list.example", "pop3s");

    assertThat(curl(bob, clear + "/")).startsWith("1 ");
    assertThat(curl(bob, tls + "/1")).contains("Subject: for POP3", "The body of for POP3");
  }

  @Test
  void mbsyncLogsInWithScramAndCarriesBothWays() throws Exception {
    String carol = "carol@list.example";
    send(carol, "for mbsync");
    Path maildir = Files.createDirectories(folder.resolve("maildir"));
    Path config = folder.resolve("mbsyncrc");
    Files.writeString(
        config,
        """
        IMAPAccount lab
        Host %s
        Port %d
        User %s
        Pass %s
        SSLType IMAPS
        CertificateFile %s
        AuthMechs SCRAM-SHA-256

        IMAPStore far
        Account lab

        MaildirStore near
        Path %s/
        Inbox %s/INBOX

        Channel all
        Far :far:
        Near :near:
        Patterns INBOX
        Create Near
        SyncState *
        """
            .formatted(
                lab.address("list.example"),
                lab.port("list.example", "imaps"),
                carol,
                lab.password(carol),
                lab.certificate("list.example"), // mbsync compares no addresses, only names
                maildir,
                maildir));
    run("mbsync", "-c", config.toString(), "all");
    Path inbox = maildir.resolve("INBOX");
    assertThat(texts(inbox.resolve("new")))
        .hasSize(2)
        .anySatisfy(
            text -> assertThat(text).contains("Subject: for mbsync", "The body of for mbsync"));

    Files.writeString(inbox.resolve("cur/1.mine.here:2,S"), "Subject: filed here\n\nhello\n");
    run("mbsync", "-c", config.toString(), "all");

    assertThat(lab.read(carol, "filed here")).contains("Subject: filed here\r\n", "\r\n\r\nhello");
  }

  private static List<String> texts(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  @Test
  void fetchmailTakesTheMailAwayOverTls() throws Exception {
    String carol = "carol@strict.example";
    send(carol, "for fetchmail");
    Path taken = folder.resolve("taken");
    Path config = folder.resolve("fetchmailrc");
    Files.writeString(
        config,
        """
        set idfile "%s"
        set pidfile "%s"
        poll %s protocol POP3 service %d
          user "%s" password "%s"
          sslproto TLS1.2+ sslcertck sslcertfile "%s" sslcommonname "mx.strict.example"
          mda "cat >> %s"
        """
            .formatted(
                folder.resolve("ids"),
                folder.resolve("pid"),
                lab.address("strict.example"),
                lab.port("strict.example", "pop3"),
                carol,
                lab.password(carol),
                lab.authority(),
                taken));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));

    run("fetchmail", "-f", config.toString(), "--nosyslog");

    assertThat(Files.readString(taken)).contains("Subject: for fetchmail", "The body of for");
    assertThat(
            lab.command("strict.example", "mail-read", ControlClient.arguments().put("as", carol)))
        .isEmpty();
  }

  @Test
  void muttReadsBobsMailbox() throws Exception {
    String bob = "bob@strict.example";
    send(bob, "for mutt");
    Path copy = folder.resolve("copy");
    Programs.require("mutt");
    Mutt mutt = new Mutt(lab, folder);

    mutt.copyFirst(bob, "~s 'for mutt'", copy);

    assertThat(Files.readString(copy)).contains("Subject: for mutt", "The body of for mutt");
  }
}
