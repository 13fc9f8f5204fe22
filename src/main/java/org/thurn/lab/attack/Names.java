package org.thurn.lab.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.Disturbance;
import org.thurn.dns.Disturbance.Treatment;
import org.thurn.dns.DnsName;
import org.thurn.dns.ZoneSyntaxException;
import org.thurn.dns.ZoneTree;
import org.thurn.name.IpAddress;
import org.thurn.server.Opened;
import org.thurn.time.Time;

/**
 * The small internet's DNS, as it is and as it looks from behind an attacker: each kind of attack
 * on it has a name server of its own. What an attacker replays he heard earlier: it has the
 * signatures of then, made with the zones' own keys, which are good for a week.
 */
final class Names {
  private final Path anchor;
  private final Map<View, InetSocketAddress> servers = new EnumMap<>(View.class);

  /** How the DNS looks to the sender. */
  private enum View {
    HONEST,
    HIDDEN,
    BROKEN,
    LAST_YEAR
  }

  Names(Path folder, List<Target> targets, Time time, Opened opened)
      throws IOException, ZoneSyntaxException {
    Path keys = Files.createDirectories(folder.resolve("dnssec"));
    ZoneTree now = tree(keys, targets, Edition.CURRENT, time);
    ZoneTree before = tree(keys, targets, Edition.OLD_NONE, time);
    anchor = Files.writeString(folder.resolve("root.ds"), now.trustAnchor());
    serve(View.HONEST, now, Disturbance.NONE, opened);
    serve(View.HIDDEN, now, Names::hide, opened);
    serve(View.BROKEN, now, Names::spoil, opened);
    serve(View.LAST_YEAR, before, Disturbance.NONE, opened);
  }

  private static ZoneTree tree(Path keys, List<Target> targets, Edition edition, Time time)
      throws IOException, ZoneSyntaxException {
    ZoneTree.Builder builder = ZoneTree.builder(time).keys(keys).signed(new DnsName("example"));
    for (Target target : targets) {
      DnsName apex = DnsName.of(target.defence().domain());
      builder = target.defence().signed() ? builder.signed(apex) : builder.unsigned(apex);
      builder = builder.records(target.records(edition.id()));
    }
    return builder.build();
  }

  private void serve(View view, ZoneTree tree, Disturbance disturbance, Opened opened)
      throws IOException {
    InetSocketAddress any = new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
    AuthoritativeServer server =
        opened.keep(AuthoritativeServer.start(tree, List.of(any), _ -> {}));
    server.disturb(disturbance);
    servers.put(view, server.addresses().getFirst());
  }

  private static Treatment hide(String name, String type) {
    return name.startsWith("_mta-sts.") || name.startsWith("mta-sts.")
        ? Treatment.SERVFAIL
        : Treatment.NORMAL;
  }

  private static Treatment spoil(String name, String type) {
    boolean ours =
        Arrays.stream(ReceiverDefence.values())
            .map(defence -> defence.domain().ascii() + ".")
            .anyMatch(domain -> name.equals(domain) || name.endsWith("." + domain));
    return ours ? Treatment.BREAK_SIGNATURES : Treatment.NORMAL;
  }

  /** The root's key, for who validates. */
  Path anchor() {
    return anchor;
  }

  /** Without an attacker, when the policy was announced. */
  InetSocketAddress honest(Edition edition) {
    return at(edition == Edition.CURRENT ? View.HONEST : View.LAST_YEAR);
  }

  /** As the sender sees it under an attack. */
  InetSocketAddress under(Attack attack) {
    return at(
        switch (attack) {
          case POLICY_HIDDEN -> View.HIDDEN;
          case DNSSEC_BROKEN -> View.BROKEN;
          case REPLAY -> View.LAST_YEAR;
          case LISTEN, STRIP, UNTRUSTED, EXPIRED, FRAUDULENT, DOWNGRADE -> View.HONEST;
        });
  }

  private InetSocketAddress at(View view) {
    InetSocketAddress server = servers.get(view);
    if (server == null) {
      throw new IllegalStateException("nobody serves " + view);
    }
    return server;
  }
}
