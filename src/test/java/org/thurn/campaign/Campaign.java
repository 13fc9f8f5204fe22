package org.thurn.campaign;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.thurn.testing.Shim;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.ZoneTree;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/** One campaign: load, kills, the drain, the account. */
public final class Campaign {
  static final String PASSWORD = "correct horse";
  static final List<String> ACCOUNTS =
      List.of("alice@own.example", "bob@own.example", "carol@own.example");

  /** The address of clients that may relay without AUTH. */
  static final InetAddress TRUSTED = IpAddress.of("127.0.0.2");

  /** Seconds; a client that gives up while the server only stands still knows less than it says. */
  static final int PATIENCE = 60;

  private static final String HOP = "127.27.0.9";
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(3);
  private static final String ZONE =
      """
      own.example. 60 IN MX 10 mx.own.example.
      mx.own.example. 60 IN A 127.0.0.1
      hop.example. 60 IN MX 10 mx.hop.example.
      sender.example. 60 IN MX 10 mx.hop.example.
      mx.hop.example. 60 IN A 127.27.0.9
      """;
  private final Path folder;
  private final Path home;
  private final Disk disk;
  private final Random random;
  private final Stage stage = new Stage();
  private final Findings findings = new Findings();
  private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();
  private final List<Reader> readers = new ArrayList<>();
  private final List<Thread> clients = new ArrayList<>();

  /**
   * @param folder empty
   */
  Campaign(Path folder, Disk disk, long seed) {
    this.folder = folder;
    this.home = home(folder);
    this.disk = disk;
    this.random = new Random(seed);
  }

  /** Where the server's settings and its state are, and nothing else. */
  static Path home(Path folder) {
    return folder.resolve("home");
  }

  /** With SIGKILL alone. */
  public static Report run(Path folder, int kills, long seed) throws Exception {
    Campaign campaign = new Campaign(folder, Disk.KEEPS_ALL, seed);
    return campaign.run(Kill.plan(kills - 1, campaign.random));
  }

  /**
   * With power cuts.
   *
   * @param compiler of C
   * @param liesFrom the first life whose syncs do nothing
   */
  static Report runWithPowerCuts(Path folder, Path compiler, int cuts, long seed, int liesFrom)
      throws Exception {
    Path real = folder.toRealPath(); // as the kernel tells the shim
    Path home = Files.createDirectories(home(real));
    Path shim = Shim.compile(compiler, real, "powercut");
    PowerCut cut = new PowerCut(shim, home, real.resolve("power"), new Random(seed), liesFrom);
    Campaign campaign = new Campaign(real, cut, seed);
    return campaign.run(Kill.plan(cuts - 1, campaign.random));
  }

  /** The first life, in which the accounts are made, is killed beside those of the plan. */
  Report run(List<Kill> kills) throws Exception {
    ServerImage image = ServerImage.ready();
    long begin = System.nanoTime();
    ZoneTree tree = ZoneTree.builder(Time.system()).records(ZONE).build();
    List<InetSocketAddress> any = List.of(new InetSocketAddress(IpAddress.of("127.0.0.1"), 0));
    try (NextHop hop = new NextHop(IpAddress.of(HOP), stage);
        AuthoritativeServer dns = AuthoritativeServer.start(tree, any, _ -> {});
        Lives lives = new Lives(image, folder, home, stage, disk, findings)) {
      Files.createDirectories(home);
      Settings.write(home.resolve("thurn.toml"), dns.addresses().getFirst().getPort(), hop.port());
      lives.live();
      settle();
      lives.kill();
      load();
      for (Kill kill : kills) {
        lives.live(kill);
      }
      Life last = lives.live();
      endLoad();
      Accounting accounting =
          new Accounting(new Control(home.resolve("state")), attempts, hop, readers, findings);
      drain(accounting);
      accounting.close(last);
      return new Report(
          kills.size() + 1,
          lives.points(),
          Fates.of(attempts.values()),
          hop.taken.size(),
          accounting.doubled(),
          Duration.ofNanos(System.nanoTime() - begin),
          findings.all());
    } finally {
      endLoad();
    }
  }

  private void settle() throws IOException {
    Control control = new Control(home.resolve("state"));
    for (String account : ACCOUNTS) {
      control.addAccount(account);
    }
  }

  private void load() {
    for (Sender.Origin origin : Sender.Origin.values()) {
      begin(new Sender(origin, stage, attempts, findings, own()));
    }
    for (String account : ACCOUNTS) {
      Reader reader = new Reader(account, stage, attempts, findings, own());
      readers.add(reader);
      if (!account.equals(ACCOUNTS.getLast())) { // whose mail nobody looks at before the end
        begin(reader);
      }
    }
  }

  private Random own() {
    return new Random(random.nextLong());
  }

  private void begin(Runnable client) {
    clients.add(Thread.ofVirtual().start(client));
  }

  private void endLoad() throws InterruptedException {
    stage.end();
    for (Thread client : clients) {
      client.join();
    }
  }

  private void drain(Accounting accounting) throws IOException {
    long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
    while (!accounting.drained()) {
      if (System.nanoTime() > end) {
        findings.add("the queue does not drain");
        return;
      }
      LockSupport.parkNanos(50_000_000);
    }
  }
}
