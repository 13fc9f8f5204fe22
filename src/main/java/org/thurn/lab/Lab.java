package org.thurn.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.ZoneSyntaxException;
import org.thurn.dns.ZoneTree;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.page.LabPage;
import org.thurn.lab.page.LabView;
import org.thurn.lab.scenario.Actor;
import org.thurn.lab.scenario.Cast;
import org.thurn.lab.scenario.Director;
import org.thurn.lab.scenario.SceneKeys;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.server.Inside;
import org.thurn.server.MailServer;
import org.thurn.server.Opened;
import org.thurn.server.SettingsException;
import org.thurn.server.Shared;
import org.thurn.time.Time;

/**
 * The running lab: a DNS of its own, an authority, a server for each domain and the page. Opened in
 * this order and closed the other way round.
 */
public final class Lab implements AutoCloseable {
  private static final DnsName TLD = new DnsName("example");

  private final LabSettings settings;
  private final Opened opened;
  private final Map<LabDomain, MailServer> servers;
  private final SceneKeys keys = SceneKeys.draw();
  private final LabWire wire = new LabWire();
  private final Director director;
  private final Attacks attacks;
  private final LabFile file;
  private final String page;

  private Lab(Opened opened, LabSettings settings, Time time)
      throws IOException, ZoneSyntaxException, SettingsException {
    this.opened = opened;
    this.settings = settings;
    Path state = settings.state();
    LabPorts ports = settings.ports();
    Files.createDirectories(state);
    opened.keep(LabLock.take(state));
    this.file = new LabFile(state);
    file.delete();
    LabAuthority authority = LabAuthority.open(state.resolve("ca"), time);
    ZoneTree tree = tree(authority, time);
    LabQuestions questions = new LabQuestions();
    InetSocketAddress dns = new InetSocketAddress(IpAddress.of("127.0.0.1"), ports.dns());
    LabUpdates updates = new LabUpdates(state.resolve("tsig"), ports);
    opened.keep(AuthoritativeServer.start(tree, List.of(dns), questions, updates.grants()));
    Path anchor = state.resolve("root.ds");
    Files.writeString(anchor, tree.trustAnchor());
    Files.writeString(state.resolve("root.bind"), tree.trustAnchorForBind());
    Shared shared = opened.keep(Shared.open(wire));
    LabServers running =
        opened.keep(new LabServers(settings, authority, updates, anchor, shared, time));
    this.servers = running.start();
    Map<Mailbox, String> passwords = LabPasswords.open(state.resolve("passwords"));
    new LabPeople(servers, passwords, time).settle();
    this.director = new Director(new Cast(actors(), ports.smtp(), wire, keys, time));
    this.attacks = opened.keep(new Attacks(state.resolve("attacks"), time));
    LabView view =
        new LabView(sites(), questions::recent, Optional.of(director), Optional.of(attacks));
    this.page = opened.keep(LabPage.open(settings.webPort(), view)).address();
    file.write(new LabFile.Facts(page, authority.file(), ports, anchor, passwords));
  }

  /**
   * Starts everything.
   *
   * @throws java.net.BindException naming a port that is taken
   * @throws ZoneSyntaxException if a file of further records cannot be read
   */
  public static Lab start(LabSettings settings, Time time)
      throws IOException, ZoneSyntaxException, SettingsException {
    Opened opened = new Opened();
    try {
      return new Lab(opened, settings, time);
    } catch (IOException | ZoneSyntaxException | SettingsException | RuntimeException e) {
      opened.abandon(e);
      throw e;
    }
  }

  private ZoneTree tree(LabAuthority authority, Time time) throws IOException, ZoneSyntaxException {
    LabPorts ports = settings.ports();
    ZoneTree.Builder builder =
        ZoneTree.builder(time)
            .keys(settings.state().resolve("dnssec"))
            .updates(settings.state().resolve("updates.zone"))
            .server(IpAddress.of("127.0.0.1"))
            .signed(TLD);
    for (LabDomain lab : LabDomain.values()) {
      DnsName apex = DnsName.of(lab.domain());
      builder = lab.signed() ? builder.signed(apex) : builder.unsigned(apex);
      builder = builder.records(LabZones.records(lab));
      if (lab.tls() && lab.signed()) {
        LabAuthority.Issued issued = LabServers.issue(authority, lab);
        builder = builder.records(LabZones.tlsa(lab, issued.certificate(), ports.smtp()));
      }
    }
    ZoneTree tree = builder.records(keys.zone()).build();
    for (Path zone : settings.zones()) {
      add(tree, zone);
    }
    return tree;
  }

  private static void add(ZoneTree tree, Path zone) throws IOException, ZoneSyntaxException {
    String text;
    try {
      text = Files.readString(zone);
    } catch (NoSuchFileException e) {
      throw new ZoneSyntaxException(zone + ": there is no such file");
    } catch (IOException e) {
      throw new ZoneSyntaxException(zone + ": cannot be read: " + e.getMessage());
    }
    try {
      tree.add(text);
    } catch (ZoneSyntaxException e) {
      throw new ZoneSyntaxException(zone + ": " + e.getMessage());
    }
  }

  private List<LabView.Site> sites() {
    List<LabView.Site> sites = new ArrayList<>();
    servers.forEach(
        (lab, server) ->
            sites.add(
                new LabView.Site(
                    lab.domain(),
                    lab.host(),
                    lab.address(),
                    lab.character(),
                    lab.defences(),
                    lab.accounts(),
                    server.inside())));
    return sites;
  }

  private List<Actor> actors() {
    List<Actor> actors = new ArrayList<>();
    servers.forEach(
        (lab, server) ->
            actors.add(new Actor(lab.domain(), lab.host(), lab.address(), server.inside())));
    return actors;
  }

  /** Plays scenarios between the domains. */
  Director director() {
    return director;
  }

  /** All that can be played here. */
  public Programme programme() {
    return new Programme(director, attacks);
  }

  /** The page's address. */
  public String page() {
    return page;
  }

  /** The rooms of one domain. */
  Inside inside(LabDomain domain) {
    MailServer server = servers.get(domain);
    if (server == null) {
      throw new IllegalStateException(domain + " does not run");
    }
    return server.inside();
  }

  /** What a person is told at the start. */
  public String whereToLook() {
    LabPorts ports = settings.ports();
    Path state = settings.state();
    return """
    The lab is up: %d domains, each with alice, bob and carol.
      page       %s
      facts      %s (addresses, ports, passwords)
      a trace    thurn trace --state %s alice@strict.example
      its DNS    delv @127.0.0.1 -p %d -a %s +root=. strict.example MX
      send       swaks --server 127.25.0.1:%d --to alice@strict.example
    Stop it with Ctrl-C."""
        .formatted(
            servers.size(),
            page,
            state.resolve("lab.json"),
            state.resolve("strict.example"),
            ports.dns(),
            state.resolve("root.bind"),
            ports.smtp());
  }

  /** Takes {@code lab.json} away first: from now on the ports do not all answer. */
  @Override
  public void close() throws IOException {
    file.delete();
    opened.close();
  }
}
