package org.thurn.bench;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.thurn.bench.TlsFigures.Held;
import org.thurn.bench.TlsFigures.Passed;
import org.thurn.bench.TlsPeer.Offer;
import org.thurn.bench.TlsVisit.Way;

/** The program behind bench/tls: what handshakes cost, and what sessions that wait take. */
public final class TlsRun {
  private static final int AT_A_TIME = 10;
  private static final int SETTLE_MILLIS = 2_000;

  /** Without TLS nothing is offered: once is enough. */
  private record Kind(Way way, Offer offer) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(Way.PLAIN, Offer.CLASSIC),
          new Kind(Way.STARTTLS, Offer.CLASSIC),
          new Kind(Way.STARTTLS, Offer.HYBRID),
          new Kind(Way.IMPLICIT, Offer.CLASSIC),
          new Kind(Way.IMPLICIT, Offer.HYBRID));

  private final Stage stage;
  private final TlsOptions options;
  private final Map<Offer, TlsPeer> peers = new EnumMap<>(Offer.class);

  private TlsRun(Stage stage, TlsOptions options) throws GeneralSecurityException {
    this.stage = stage;
    this.options = options;
    for (Offer offer : Offer.values()) {
      peers.put(offer, new TlsPeer(offer));
    }
  }

  /**
   * @param arguments the project's root, then the words of {@link TlsOptions#USAGE}
   */
  public static void main(String[] arguments) throws Exception {
    TlsOptions options;
    try {
      options =
          TlsOptions.parse(
              Path.of(arguments[0]), Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (IllegalArgumentException e) {
      Run.say("bench: " + e.getMessage() + "\n" + TlsOptions.USAGE);
      System.exit(Run.USAGE);
      return;
    }
    double cores = Run.alone(options.anyway());
    try (Workplace place = new Workplace(options.parent())) {
      Stage stage = new Stage(options.root().resolve("thurn"), place);
      Map<String, String> facts = Facts.gather(options.root(), place, stage.driver);
      facts.put("openssl of Postfix", Facts.said(options.root(), "openssl", "version"));
      facts.put("others' cores before", Report.number(cores));
      TlsFigures figures = new TlsRun(stage, options).measure();
      Path raw = Report.raw(options.root(), facts, List.of(figures));
      facts.forEach((key, value) -> System.out.println("- " + key + ": " + value));
      System.out.println();
      System.out.print(TlsTables.markdown(figures));
      Run.say("raw figures: " + raw);
    }
    System.exit(0);
  }

  private TlsFigures measure() throws Exception {
    List<Held> held = new ArrayList<>();
    for (Way way : List.of(Way.PLAIN, Way.STARTTLS)) {
      held.add(held(way, begun -> TlsHost.widePostfix(begun, options.held())));
      held.add(held(way, TlsHost::thurn));
    }
    return new TlsFigures(passed(), held);
  }

  private List<Passed> passed() throws Exception {
    List<TlsHost> hosts = List.of(TlsHost.postfix(stage), TlsHost.thurn(stage));
    for (TlsHost host : hosts) {
      Run.say(host.name() + ": warming up");
      for (Kind kind : KINDS) {
        visit(host, kind, options.warmUp());
      }
    }
    List<Passed> passed = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Kind kind : KINDS) {
        for (TlsHost host : hosts) {
          passed.add(passed(host, kind, hosts));
        }
      }
    }
    for (TlsHost host : hosts) {
      host.end(stage);
    }
    return passed;
  }

  private Passed passed(TlsHost host, Kind kind, List<TlsHost> hosts) throws Exception {
    List<Group> ours = new ArrayList<>(hosts.stream().map(TlsHost::group).toList());
    ours.add(stage.driver);
    Others others = Others.than(ours);
    int n = options.connections();
    Cpu before = host.group().cpu();
    long begin = System.nanoTime();
    String agreed = visit(host, kind, n);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double millis = host.group().cpu().minus(before).total() / n;
    Passed passed =
        new Passed(
            host.name(), kind.way(), kind.offer(), agreed, n / seconds, millis, others.cores());
    Run.say(
        "%s, %s: %s/s, %s ms CPU%s"
            .formatted(
                host.name(),
                agreed.isEmpty() ? kind.way().label : kind.way().label + ", " + agreed,
                Report.number(passed.perSecond()),
                Report.number(millis),
                passed.disturbed() ? " (disturbed)" : ""));
    return passed;
  }

  /** Lets many come and go; gives what they agreed on. */
  private String visit(TlsHost host, Kind kind, int visits) throws Exception {
    TlsPeer peer = peers.get(kind.offer());
    List<TlsVisit> left =
        all(
            visits,
            () -> {
              try (TlsVisit visit = TlsVisit.open(host.address(kind.way()), kind.way(), peer)) {
                visit.quit();
                return visit;
              }
            });
    long whole = peer.whole();
    if (whole != (kind.way() == Way.PLAIN ? 0 : visits)) {
      throw new IllegalStateException(visits + " visits, and whole handshakes: " + whole);
    }
    Set<String> agreed = new HashSet<>();
    left.forEach(visit -> agreed.add(visit.agreed()));
    return String.join(" or ", agreed);
  }

  private static <T> List<T> all(int number, Callable<T> one) throws Exception {
    List<T> all = new ArrayList<>();
    try (ExecutorService visitors = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Future<T>> coming = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        coming.add(visitors.submit(one));
      }
      for (Future<T> future : coming) {
        all.add(future.get());
      }
    }
    return all;
  }

  /** A server that was just started holds many at a time. */
  private Held held(Way way, TlsHost.Starter starter) throws Exception {
    TlsHost host = starter.start(stage);
    Run.say(host.name() + ": " + options.held() + " connections wait, TLS: " + way.label);
    Pause.millis(SETTLE_MILLIS);
    double before = host.group().memory();
    TlsPeer peer = peers.get(Offer.HYBRID);
    List<TlsVisit> waiting = all(options.held(), () -> TlsVisit.open(host.address(way), way, peer));
    peer.whole();
    Pause.millis(SETTLE_MILLIS);
    double after = host.group().memory();
    if (host.name().equals("Thurn")) {
      Heap.collect(host.group());
    }
    double collected = host.group().memory();
    for (TlsVisit visit : waiting) {
      visit.quit(); // it was held all the time
      visit.close();
    }
    host.end(stage);
    return new Held(host.name(), way, options.held(), before, after, collected);
  }
}
