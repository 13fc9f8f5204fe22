package org.thurn.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's Postfix with a configuration, a queue and a log of its own; its limits as they come. */
final class Postfix {
  private final Path folder;
  private final InetSocketAddress address;

  private Postfix(Path folder, InetSocketAddress address) {
    this.folder = folder;
    this.address = address;
  }

  /**
   * Starts it; returns when it listens.
   *
   * @param ways lines of main.cf that say where mail goes
   */
  static Postfix start(Group group, Path folder, String ways) throws Exception {
    return start(group, folder, ways, List.of());
  }

  /** As above, and listens at another address with TLS from the first octet. */
  static Postfix start(Group group, Path folder, String ways, InetSocketAddress wrapped)
      throws Exception {
    return start(group, folder, ways, List.of(wrapped));
  }

  private static Postfix start(
      Group group, Path folder, String ways, List<InetSocketAddress> wrapped) throws Exception {
    Postfix postfix = new Postfix(folder, Ports.free());
    for (String name : List.of("etc", "queue", "data", "log")) {
      Files.createDirectory(folder.resolve(name));
    }
    own(folder.resolve("data"), "postfix");
    own(folder.resolve("log"), "postfix");
    Files.writeString(
        folder.resolve("etc/main.cf"), MAIN.replace("FOLDER", folder.toString()) + ways);
    StringBuilder master = new StringBuilder(service(postfix.address));
    for (InetSocketAddress address : wrapped) {
      master.append(service(address)).append("  -o smtpd_tls_wrappermode=yes\n");
    }
    Files.writeString(folder.resolve("etc/master.cf"), master + MASTER);
    Path output = folder.resolve("output");
    Process process =
        group.start(
            folder,
            output.toFile(),
            Map.of(),
            List.of("postfix", "-c", folder.resolve("etc").toString(), "start-fg"));
    Ports.await(postfix.address, process, output);
    for (InetSocketAddress address : wrapped) {
      Ports.await(address, process, output);
    }
    return postfix;
  }

  private static String service(InetSocketAddress address) {
    return "127.0.0.1:" + address.getPort() + " inet n - n - - smtpd\n";
  }

  static void own(Path file, String user) throws IOException {
    Files.setOwner(
        file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
  }

  InetSocketAddress address() {
    return address;
  }

  /** A file goes from maildrop or incoming to active; so they are looked at in that order. */
  boolean empty() throws IOException {
    for (String queue : List.of("maildrop", "incoming", "active")) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(folder.resolve("queue/" + queue))) {
        if (files.iterator().hasNext()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Messages that could not be delivered at once: there should be none. */
  long deferred() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("queue/deferred"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private static final String MAIN =
      """
      compatibility_level = 3.6
      queue_directory = FOLDER/queue
      data_directory = FOLDER/data
      command_directory = /usr/sbin
      daemon_directory = /usr/lib/postfix/sbin
      mail_owner = postfix
      setgid_group = postdrop
      maillog_file = FOLDER/log/postfix
      maillog_file_prefixes = FOLDER
      myhostname = mx.bench.example
      mydomain = bench.example
      myorigin = $mydomain
      mydestination =
      mynetworks = 127.0.0.0/8
      inet_interfaces = loopback-only
      inet_protocols = ipv4
      alias_maps =
      alias_database =
      smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
      """;

  private static final String MASTER =
      """
      pickup    unix       n - n 60    1 pickup
      cleanup   unix       n - n -     0 cleanup
      qmgr      unix       n - n 300   1 qmgr
      tlsmgr    unix       - - n 1000? 1 tlsmgr
      rewrite   unix       - - n -     - trivial-rewrite
      bounce    unix       - - n -     0 bounce
      defer     unix       - - n -     0 bounce
      trace     unix       - - n -     0 bounce
      flush     unix       n - n 1000? 0 flush
      proxymap  unix       - - n -     - proxymap
      smtp      unix       - - n -     - smtp
      relay     unix       - - n -     - smtp
      lmtp      unix       - - n -     - lmtp
      error     unix       - - n -     - error
      retry     unix       - - n -     - error
      discard   unix       - - n -     - discard
      anvil     unix       - - n -     1 anvil
      scache    unix       - - n -     1 scache
      postlog   unix-dgram n - n -     1 postlogd
      """;
}
