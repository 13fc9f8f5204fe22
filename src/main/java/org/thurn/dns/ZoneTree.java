package org.thurn.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A whole DNS of our own, from the root down: zones, signed or not, with the delegations between
 * them. SOA, NS, DNSKEY, DS, NSEC and RRSIG come by themselves; only what the zones are about has
 * to be given, in master-file form (RFC 1035 §5). May change while it is served.
 */
public final class ZoneTree {
  /** The one name server of every zone: a host of the root zone. */
  private static final Name SERVER = Name.fromConstantString("ns.");

  /** What would read other files, or make records without end. */
  private static final Pattern DIRECTIVE = Pattern.compile("(?im)^\\$(INCLUDE|GENERATE)\\b");

  private static final long DS_TTL = 300;

  private final Time time;
  private final Optional<Path> keys;
  private final LearnedRecords learned;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Name, Plot> plots = new TreeMap<>();
  private volatile Map<Name, Zone> zones = Map.of();
  private long serial;

  private ZoneTree(Time time, Optional<Path> keys, LearnedRecords learned) {
    this.time = time;
    this.keys = keys;
    this.learned = learned;
    this.serial = time.now().getEpochSecond();
  }

  /** Says what the tree holds. */
  public static final class Builder {
    private final Time time;
    private Optional<Path> keys = Optional.empty();
    private Optional<Path> updates = Optional.empty();
    private InetAddress server = IpAddress.of("127.0.0.1");
    private final Map<DnsName, Boolean> apexes = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();

    private Builder(Time time) {
      this.time = time;
      apexes.put(DnsName.ROOT, true);
    }

    /** Where the zones' keys are kept, so that the trust anchor survives a restart. */
    public Builder keys(Path directory) {
      keys = Optional.of(directory);
      return this;
    }

    /**
     * Where records that came by dynamic update are kept: RFC 2136 §3.5 wants them to survive. They
     * are read after the records that are given here.
     */
    public Builder updates(Path file) {
      updates = Optional.of(file);
      return this;
    }

    /** The IPv4 address of the host {@code ns.}, which serves every zone. */
    public Builder server(InetAddress address) {
      server = address;
      return this;
    }

    /** A signed zone. Zones between it and the root that should be zones are named likewise. */
    public Builder signed(DnsName apex) {
      apexes.put(apex, true);
      return this;
    }

    /** A zone without signatures, whose parent proves that it has none. */
    public Builder unsigned(DnsName apex) {
      apexes.put(apex, false);
      return this;
    }

    /** Records in master-file form, relative to the root; each goes where {@link #add} says. */
    public Builder records(String master) {
      texts.add(master);
      return this;
    }

    /**
     * Builds the tree, making the keys that are missing.
     *
     * @throws IOException if keys cannot be read or written
     * @throws ZoneSyntaxException if a text cannot be read, or records cannot stand together
     */
    public ZoneTree build() throws IOException, ZoneSyntaxException {
      LearnedRecords learned = new LearnedRecords(updates);
      ZoneTree tree = new ZoneTree(time, keys, learned);
      for (Map.Entry<DnsName, Boolean> apex : apexes.entrySet()) {
        Name name =
            WireNames.toWire(apex.getKey())
                .orElseThrow(() -> new ZoneSyntaxException("no zone name: " + apex.getKey()));
        tree.plots.put(name, tree.plot(name, apex.getValue()));
      }
      tree.plotOf(SERVER, Type.A).add(new ARecord(SERVER, DClass.IN, Plot.TTL, server));
      for (String text : texts) {
        for (Record record : parse(text)) {
          tree.place(record);
        }
      }
      for (Record record : parse(learned.text())) {
        tree.place(record);
        learned.add(record);
      }
      tree.compose();
      return tree;
    }
  }

  public static Builder builder(Time time) {
    return new Builder(time);
  }

  /**
   * Adds records, given in master-file form with names relative to the root. A record goes to the
   * nearest zone above its name, in the last resort the root; a DS to the parent's side. A SOA
   * begins a zone of its own, signed if the zone around it is.
   */
  public void add(String master) throws IOException, ZoneSyntaxException {
    change(parse(master), List.of());
  }

  /** Like {@link #add}, but what is there of the same names and types goes first. */
  public void replace(String master) throws IOException, ZoneSyntaxException {
    List<Record> records = parse(master);
    change(records, records);
  }

  /** Removes all records of one name and type. */
  public void remove(DnsName owner, RecordType type) throws IOException, ZoneSyntaxException {
    Name name =
        WireNames.toWire(owner).orElseThrow(() -> new ZoneSyntaxException("no name: " + owner));
    change(List.of(), List.of(Record.newRecord(name, type.code(), DClass.IN)));
  }

  /** The root's DS record in master-file form, for a trust anchor file. */
  public String trustAnchor() {
    return rootDs() + "\n";
  }

  /** The same as BIND's tools want it: a file for {@code delv -a}. */
  public String trustAnchorForBind() {
    DSRecord ds = rootDs();
    return "trust-anchors { . static-ds %d %d %d \"%s\"; };\n"
        .formatted(
            ds.getFootprint(),
            ds.getAlgorithm(),
            ds.getDigestID(),
            HexFormat.of().formatHex(ds.getDigest()).toUpperCase(Locale.ROOT));
  }

  /** The zones as they are now, by their apex. */
  Map<Name, Zone> zones() {
    return zones;
  }

  Time time() {
    return time;
  }

  private DSRecord rootDs() {
    return zoneKey(Name.root)
        .orElseThrow(() -> new IllegalStateException("the root is not signed"))
        .ds(DS_TTL);
  }

  private Optional<ZoneKey> zoneKey(Name apex) {
    lock.lock();
    try {
      return Optional.ofNullable(plots.get(apex)).flatMap(Plot::key);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Carries out a dynamic update of one zone, whose serial then grows; the code for the reply. What
   * cannot be kept is not done.
   */
  int update(Name apex, Message update) {
    lock.lock();
    try {
      Plot before = plots.getOrDefault(apex, new Plot(apex, Optional.empty()));
      Plot changed = before.copy();
      int code =
          new ZoneUpdate(changed, update, (name, type) -> plotOf(name, type) == before).carryOut();
      if (code != Rcode.NOERROR || changed.records().equals(before.records())) {
        return code;
      }
      plots.put(apex, changed);
      try {
        compose();
        learned.changed(before.records(), changed.records());
        return code;
      } catch (IOException | ZoneSyntaxException e) {
        plots.put(apex, before);
        compose(); // as it was a moment ago
        return e instanceof ZoneSyntaxException ? Rcode.REFUSED : Rcode.SERVFAIL;
      }
    } catch (ZoneSyntaxException e) {
      throw new IllegalStateException("what was served before cannot be served again", e);
    } finally {
      lock.unlock();
    }
  }

  private void change(List<Record> added, List<Record> removed)
      throws IOException, ZoneSyntaxException {
    lock.lock();
    try {
      Map<Name, Plot> before = new HashMap<>();
      plots.forEach((name, plot) -> before.put(name, plot.copy()));
      try {
        removed.forEach(r -> plotOf(r.getName(), r.getType()).remove(r.getName(), r.getType()));
        for (Record record : added) {
          place(record);
        }
        compose();
      } catch (IOException | ZoneSyntaxException e) {
        plots.clear();
        plots.putAll(before);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private void place(Record record) throws IOException {
    Name owner = record.getName();
    if (record.getType() == Type.SOA && !plots.containsKey(owner)) {
      Plot around = plotOf(owner, Type.SOA);
      Plot own = plot(owner, around.key().isPresent());
      around.moveBelow(owner, own);
      plots.put(owner, own);
    }
    plotOf(owner, record.getType()).add(record);
  }

  private Plot plot(Name apex, boolean signed) throws IOException {
    if (!signed) {
      return new Plot(apex, Optional.empty());
    }
    return new Plot(
        apex,
        Optional.of(
            keys.isPresent() ? ZoneKey.inDirectory(keys.get(), apex) : ZoneKey.generate(apex)));
  }

  private Plot plotOf(Name owner, int type) {
    boolean above = type == Type.DS && !owner.equals(Name.root);
    for (Name apex = above ? new Name(owner, 1) : owner; ; apex = new Name(apex, 1)) {
      Plot plot = plots.get(apex);
      if (plot != null) {
        return plot;
      }
    }
  }

  /** Makes all zones anew; the signatures follow when they are asked for. */
  private void compose() throws ZoneSyntaxException {
    serial++;
    Map<Name, Set<Record>> content = new HashMap<>();
    plots.values().forEach(p -> content.put(p.origin(), p.complete(SERVER, serial)));
    for (Plot child : plots.values()) {
      if (!child.origin().equals(Name.root)) {
        Plot parent = plotOf(new Name(child.origin(), 1), Type.NS);
        Set<Record> delegating = content.getOrDefault(parent.origin(), Set.of());
        delegating.addAll(child.servers(SERVER));
        // A DS that was given stands instead of the right one: for those who play a broken chain.
        if (child.key().isPresent() && !parent.has(child.origin(), Type.DS)) {
          delegating.add(child.key().get().ds(DS_TTL));
        }
      }
    }
    Map<Name, Zone> made = new HashMap<>();
    for (Plot plot : plots.values()) {
      Optional<ZoneSigner> signer = plot.key().map(key -> new ZoneSigner(key, time));
      Set<Record> records = content.getOrDefault(plot.origin(), Set.of());
      made.put(plot.origin(), new Zone(plot.origin(), records, signer));
    }
    zones = Map.copyOf(made);
  }

  private static List<Record> parse(String text) throws ZoneSyntaxException {
    if (DIRECTIVE.matcher(text).find()) {
      throw new ZoneSyntaxException("$INCLUDE and $GENERATE are not read");
    }
    List<Record> records = new ArrayList<>();
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    try (Master master = new Master(new ByteArrayInputStream(octets), Name.root, Plot.TTL)) {
      master.disableIncludes();
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        records.add(next);
      }
    } catch (IOException | RuntimeException e) {
      // The parser also throws unchecked for some of what people may write.
      String where = String.valueOf(e.getMessage()).replace("<none>:", "line ");
      throw new ZoneSyntaxException("zone text, " + where);
    }
    return records;
  }
}
