package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.thurn.testing.Programs;
import org.thurn.tls.dane.TlsaData;

/**
 * Debian's Postfix as a host of its own in the lab's small internet: it knows no relayhost and no
 * transport map, only a resolver and, as the lab's MXs are not at port 25, {@code smtp_tcp_port}.
 *
 * <p>It lives in a mount namespace, where /etc/resolv.conf names an {@link Unbound} at port 53 of a
 * loopback address, and in a process namespace, so that it ends as a whole. That needs root.
 */
final class PostfixHost implements AutoCloseable {
  /**
   * What the lab's DNS says of it, and of two hosts whose TLSA records tell of a key that nobody
   * has: one is this Postfix, the other the lab's soft.example.
   */
  static String records(int offset, PublicKey key) {
    return """
    postfix.example.          300 IN MX  10 mx.postfix.example.
    mx.postfix.example.       300 IN A   127.25.0.20
    20.0.25.127.in-addr.arpa. 300 IN PTR mx.postfix.example.
    _PORT._tcp.mx.postfix.example. 300 IN TLSA OWN
    false.postfix.example.    300 IN MX  10 mx.false.postfix.example.
    mx.false.postfix.example. 300 IN A   127.25.0.20
    _PORT._tcp.mx.false.postfix.example. 300 IN TLSA NOBODY
    false.soft.postfix.example.    300 IN MX  10 mx.false.soft.postfix.example.
    mx.false.soft.postfix.example. 300 IN A   127.25.0.2
    _PORT._tcp.mx.false.soft.postfix.example. 300 IN TLSA NOBODY
    """
        .replace("PORT", Integer.toString(2525 + offset))
        .replace("OWN", TlsaData.text(TlsaData.ofKey(key.getEncoded())))
        .replace("NOBODY", "3 1 1 " + "00".repeat(32));
  }

  private static final String ADDRESS = "127.25.0.20";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final Unbound unbound;
  private final Process process;

  private PostfixHost(Path folder, Unbound unbound, Process process) {
    this.folder = folder;
    this.unbound = unbound;
    this.process = process;
  }

  /** Ends the test, unless this is root and may make namespaces. */
  static void require() throws Exception {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "only root can give Postfix a resolv.conf of its own");
    for (String program : List.of("postfix", "sendmail", "unshare", "unbound", "openssl")) {
      Programs.require(program);
    }
    List<String> probe = List.of("unshare", "--mount", "--pid", "--fork", "true");
    Programs.Ran ran = Programs.run(LIMIT, "", probe);
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(ran.exitCode() == 0, ran.output()); // root of a container, perhaps
    }
  }

  /**
   * Starts it; returns when it listens.
   *
   * @param folder which other users may enter
   * @param resolver a loopback address whose port 53 is free
   */
  static PostfixHost start(RunningLab lab, Path folder, String resolver) throws Exception {
    certify(lab, folder);
    layOut(lab, folder, resolver);
    Unbound unbound = Unbound.start(lab, folder, resolver, 53);
    Process process =
        new ProcessBuilder(
                Programs.require("unshare").toString(),
                "--mount",
                "--pid",
                "--fork",
                "--mount-proc",
                "sh",
                "-c",
                "mount --bind \"$0/resolv.conf\" /etc/resolv.conf"
                    + " && exec \"$1\" -c \"$0/etc\" start-fg",
                folder.toString(),
                Programs.require("postfix").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("postfix.out").toFile())
            .start();
    PostfixHost host = new PostfixHost(folder, unbound, process);
    try {
      host.awaitLog("daemon started");
    } catch (Throwable e) {
      host.close();
      throw e;
    }
    return host;
  }

  /** A certificate of the lab's authority. */
  private static void certify(RunningLab lab, Path folder) throws Exception {
    Path key = folder.resolve("key.pem");
    Files.copy(lab.folder().resolve("postfix.key"), key);
    Path request = folder.resolve("request.pem");
    Path names =
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:mx.postfix.example");
    run("openssl req -new -key %s -subj /CN=mx.postfix.example -out %s".formatted(key, request));
    run(
        "openssl x509 -req -in %s -CA %s -CAkey %s -days 30 -extfile %s -out %s"
            .formatted(
                request,
                lab.authority(),
                lab.authority().resolveSibling("ca.key"),
                names,
                folder.resolve("certificate.pem")));
  }

  private static void run(String command) throws Exception {
    Programs.Ran ran = Programs.run(LIMIT, "", List.of(command.split(" ")));
    assertThat(ran.exitCode()).as(ran.output()).isZero();
  }

  private static void layOut(RunningLab lab, Path folder, String resolver) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name : List.of("etc", "queue", "data", "log", "mail")) {
      Files.createDirectory(folder.resolve(name));
    }
    owner(folder.resolve("data"), "postfix");
    owner(folder.resolve("log"), "postfix");
    owner(folder.resolve("mail"), "nobody");
    Files.writeString(folder.resolve("resolv.conf"), "nameserver " + resolver + "\n");
    int port = lab.port("strict.example", "smtp");
    Files.writeString(
        folder.resolve("etc/main.cf"),
        MAIN.replace("FOLDER", folder.toString())
            .replace("AUTHORITY", lab.authority().toString())
            .replace("PORT", Integer.toString(port)));
    Files.writeString(
        folder.resolve("etc/master.cf"), ADDRESS + ":" + port + " inet n - n - - smtpd\n" + MASTER);
  }

  private static void owner(Path file, String user) throws IOException {
    Files.setOwner(
        file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
  }

  /** Hands it a message as its user's program would. */
  void sendmail(String message, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.require("sendmail").toString(),
                "-C",
                folder.resolve("etc").toString(),
                "-i",
                "-f",
                "user@postfix.example"));
    command.addAll(List.of(options));
    Programs.Ran ran = Programs.run(LIMIT, message, command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
  }

  /** Waits for a message in its user's maildir that holds these words. */
  String awaitMail(String words) throws Exception {
    Path box = folder.resolve("mail/user/new");
    return Polls.until(
        "mail for user@postfix.example with " + words + "; " + log(),
        () -> {
          if (!Files.isDirectory(box)) {
            return Optional.empty();
          }
          try (Stream<Path> files = Files.list(box)) {
            for (Path file : files.toList()) {
              String text = Files.readString(file);
              if (text.contains(words)) {
                return Optional.of(text);
              }
            }
          }
          return Optional.empty();
        });
  }

  /** Waits for a line of its log that holds these words. */
  String awaitLog(String words) throws Exception {
    return Polls.until(
        words + " in the log of Postfix",
        () -> {
          assertThat(process.isAlive()).as(log()).isTrue();
          return log().lines().filter(line -> line.contains(words)).findFirst();
        });
  }

  private String log() throws IOException {
    Path log = folder.resolve("log/postfix");
    return Files.readString(Files.exists(log) ? log : folder.resolve("postfix.out"));
  }

  @Override
  public void close() throws Exception {
    // The master is the first process of its namespace: every daemon ends with it, and unshare too.
    process.children().forEach(ProcessHandle::destroy);
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.children().forEach(ProcessHandle::destroyForcibly);
    }
    unbound.close();
  }

  private static final String MAIN =
      """
      compatibility_level = 3.7
      queue_directory = FOLDER/queue
      data_directory = FOLDER/data
      command_directory = /usr/sbin
      daemon_directory = /usr/lib/postfix/sbin
      mail_owner = postfix
      setgid_group = postdrop
      maillog_file = FOLDER/log/postfix
      maillog_file_prefixes = FOLDER
      myhostname = mx.postfix.example
      mydomain = postfix.example
      myorigin = $mydomain
      mydestination =
      mynetworks = 127.25.0.20/32
      inet_interfaces = loopback-only
      inet_protocols = ipv4
      alias_maps =
      alias_database =
      smtp_bind_address = 127.25.0.20
      smtp_tcp_port = PORT
      smtp_dns_support_level = dnssec
      smtp_tls_security_level = dane
      smtp_tls_CAfile = AUTHORITY
      smtp_tls_loglevel = 1
      smtpd_tls_security_level = may
      smtpd_tls_chain_files = FOLDER/key.pem, FOLDER/certificate.pem
      smtpd_tls_received_header = yes
      smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
      virtual_mailbox_domains = postfix.example
      virtual_mailbox_base = FOLDER/mail
      virtual_mailbox_maps = inline:{{user@postfix.example = user/}}
      virtual_alias_maps = inline:{{former@postfix.example = nosuch@soft.example}}
      virtual_uid_maps = static:65534
      virtual_gid_maps = static:65534
      """;

  private static final String MASTER =
      """
      pickup    unix       n - n 1     1 pickup
      cleanup   unix       n - n -     0 cleanup
      qmgr      unix       n - n 300   1 qmgr
      tlsmgr    unix       - - n 1000? 1 tlsmgr
      rewrite   unix       - - n -     - trivial-rewrite
      bounce    unix       - - n -     0 bounce
      defer     unix       - - n -     0 bounce
      trace     unix       - - n -     0 bounce
      proxymap  unix       - - n -     - proxymap
      smtp      unix       - - n -     - smtp
      error     unix       - - n -     - error
      retry     unix       - - n -     - error
      virtual   unix       - n n -     - virtual
      anvil     unix       - - n -     1 anvil
      postlog   unix-dgram n - n -     1 postlogd
      """;
}
