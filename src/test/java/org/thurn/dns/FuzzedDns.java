package org.thurn.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.time.Time;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Answers of an upstream, questions of a stranger, the text of a zone. */
public final class FuzzedDns {
  private static final Instant NOW = Instant.parse("2026-11-24T06:40:00Z");
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353);
  private static final String ZONE =
      """
      soft.example. SOA ns. hostmaster.soft.example. 1 3600 600 604800 60
      soft.example. MX 10 mx.soft.example.
      soft.example. TXT "v=spf1 mx -all"
      mx.soft.example. A 127.0.0.2
      *.wild.soft.example. AAAA ::1
      www.soft.example. CNAME mx.soft.example.
      sub.soft.example. NS ns.sub.soft.example.
      """;

  private FuzzedDns() {}

  public static FuzzTarget all() {
    return Choice.of(FuzzedDns::answer, new Questions(), FuzzedDns::zone, FuzzedDns::name);
  }

  /** What an upstream sent, as the resolver reads it: a type by the first octet, then the wire. */
  private static void answer(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    RecordType[] types = RecordType.values();
    RecordType type = types[Math.floorMod(octets[0] - '0', types.length)];
    Message reply;
    try {
      reply = new Message(Arrays.copyOfRange(octets, 1, octets.length));
    } catch (IOException | RuntimeException e) {
      return; // Upstream takes it for no answer, however the parser says so
    }
    Record question = reply.getQuestion();
    Name asked = question == null ? Name.fromConstantString("soft.example.") : question.getName();
    Reading reading = Reading.of(reply, asked, type.code(), NOW);
    Promise.holds(!reading.ttl().isNegative(), () -> "a negative time to live: " + reading);
    boolean longest = reading.ttl().compareTo(Reading.LONGEST) <= 0;
    Promise.holds(longest, () -> "kept for too long: " + reading);
    try {
      DnsName canonical = WireNames.fromWire(reading.name());
      Promise.holds(canonical.text().length() < 254, canonical::text);
      for (Record record : reading.records()) {
        Promise.holds(RecordReader.read(type, record) != null, record::toString);
      }
    } catch (IllegalArgumentException e) {
      // the resolver's "unusable record"
      Promise.holds(e.getMessage() != null, () -> "unusable without words");
    }
  }

  /** A question to our own server: whatever it is, an exception is never what happens. */
  private static final class Questions implements FuzzTarget {
    private final List<Throwable> bugs = new ArrayList<>();
    private final Desk desk;

    Questions() {
      try {
        desk = new Desk(tree(ZONE), served -> {}, List.of());
      } catch (IOException | ZoneSyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void take(byte[] octets) {
      Thread thread = Thread.currentThread();
      Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
      thread.setUncaughtExceptionHandler((_, bug) -> bugs.add(bug));
      try {
        for (boolean tcp : new boolean[] {false, true}) {
          Optional<byte[]> reply = desk.serve(octets, CLIENT, tcp);
          reply.ifPresent(Questions::check);
        }
      } finally {
        thread.setUncaughtExceptionHandler(before);
      }
      if (!bugs.isEmpty()) {
        Throwable bug = bugs.getFirst();
        bugs.clear();
        throw new AssertionError("a bug in the server", bug);
      }
    }

    private static void check(byte[] reply) {
      try {
        Promise.holds(new Message(reply).getHeader() != null, () -> "no header");
      } catch (IOException e) {
        throw new AssertionError("a reply that cannot be read", e);
      }
    }
  }

  private static ZoneTree tree(String text) throws IOException, ZoneSyntaxException {
    return ZoneTree.builder(Time.system())
        .unsigned(DnsName.ROOT)
        .unsigned(new DnsName("example"))
        .records(text)
        .build();
  }

  private static void zone(byte[] octets) throws IOException {
    String text = new String(octets, StandardCharsets.UTF_8);
    try {
      Promise.holds(!tree(text).zones().isEmpty(), () -> "no zone");
    } catch (ZoneSyntaxException e) {
      Promise.holds(e.getMessage() != null, () -> "a failure without words");
    }
  }

  private static void name(byte[] octets) {
    try {
      WireNames.toWire(new DnsName(new String(octets, StandardCharsets.UTF_8)))
          .ifPresent(
              wire -> {
                DnsName read = WireNames.fromWire(wire);
                Promise.same(Optional.of(wire), WireNames.toWire(read), "the name " + read);
              });
    } catch (IllegalArgumentException e) {
      // no name, or one that can only be written with too many escapes
      Promise.holds(e.getMessage() != null, () -> "refused without words");
    }
  }
}
