package org.thurn.campaign;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.thurn.access.LineClient;

/**
 * The program as a JAR with an AOT cache, which halves what a start costs. Made once, and again
 * when a class is newer; it lies beside the classes.
 */
final class ServerImage {
  private static final String MAIN = "org.thurn.server.CrashingServer";
  private static final List<String> OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xmx256m");

  private final List<Path> trees;
  private final List<String> libraries;
  private final Path jar;
  private final Path cache;

  private ServerImage() {
    List<String> path =
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    trees = path.stream().map(Path::of).filter(Files::isDirectory).toList();
    libraries = path.stream().filter(entry -> entry.endsWith(".jar")).toList();
    Path folder = trees.getFirst().resolveSibling("campaign");
    jar = folder.resolve("server.jar");
    cache = folder.resolve("server.aot");
  }

  /** The image of the classes of this process; the first call may take a while. */
  static synchronized ServerImage ready() throws IOException, InterruptedException {
    ServerImage image = new ServerImage();
    if (!Files.exists(image.jar) || image.newest() > modified(image.jar)) {
      Files.deleteIfExists(image.cache);
      image.pack();
    }
    if (!Files.exists(image.cache)) {
      image.train();
    }
    return image;
  }

  /** The command that serves these settings. */
  List<String> command(Path config, List<String> options) {
    List<String> all = new ArrayList<>();
    if (Files.exists(cache)) {
      all.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable"));
    }
    all.addAll(options);
    return java(config, all);
  }

  private List<String> java(Path config, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    List<String> path = new ArrayList<>(List.of(jar.toString()));
    path.addAll(libraries);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), MAIN, config.toString()));
    return command;
  }

  private long newest() throws IOException {
    long newest = 0;
    for (Path tree : trees) {
      try (Stream<Path> files = Files.walk(tree)) {
        newest =
            Math.max(
                newest,
                files.filter(this::belongs).mapToLong(ServerImage::modified).max().orElse(0));
      }
    }
    return newest;
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }

  /** Of the tests' classes the main class alone: the program must not lean on others. */
  private boolean belongs(Path file) {
    boolean test = file.toString().contains("test-classes");
    return Files.isRegularFile(file)
        && (!test || file.getFileName().toString().startsWith("CrashingServer"));
  }

  private void pack() throws IOException {
    Files.createDirectories(jar.getParent());
    Path fresh = jar.resolveSibling("server.jar.new");
    try (OutputStream out = Files.newOutputStream(fresh);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.setLevel(1);
      for (Path tree : trees) {
        try (Stream<Path> files = Files.walk(tree)) {
          for (Path file : files.filter(this::belongs).toList()) {
            entries.putNextEntry(new JarEntry(tree.relativize(file).toString()));
            Files.copy(file, entries);
          }
        }
      }
    }
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /** One life that ends well, from which Java notes what a life needs. */
  private void train() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("thurn-image-");
    Settings.write(folder.resolve("thurn.toml"), 1, 1);
    Path fresh = cache.resolveSibling("server.aot.new");
    List<String> command =
        java(folder.resolve("thurn.toml"), List.of("-XX:AOTCacheOutput=" + fresh, "-Xlog:disable"));
    Path said = folder.resolve("out");
    try (ServerProcess server = new ServerProcess(command, said, java.util.Map.of())) {
      Life life = Life.of(0, server.awaitUp());
      rehearse(life, new Control(folder.resolve("state")));
      server.terminate();
    }
    if (Files.exists(fresh)) {
      Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void rehearse(Life life, Control control) throws IOException {
    String account = Campaign.ACCOUNTS.getFirst();
    control.addAccount(account);
    try (LineClient client = LineClient.from(Campaign.TRUSTED, life.smtp())) {
      for (String line :
          List.of("HELO x", "MAIL FROM:<" + account + ">", "RCPT TO:<" + account + ">", "DATA")) {
        client.line();
        client.send(line);
      }
      client.send("From: <" + account + ">\r\n\r\nHello.\r\n.");
      client.line();
      client.line();
    }
    try (ImapClient client = new ImapClient(life.imap(), account)) {
      client.say("SELECT INBOX");
      client.fetch("1:*", "UID FLAGS BODY.PEEK[HEADER.FIELDS (Message-ID)]");
    }
  }
}
