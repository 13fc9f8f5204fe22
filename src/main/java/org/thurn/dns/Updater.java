package org.thurn.dns;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * Changes the TXT and TLSA records of zones at one name server, by dynamic update (RFC 2136) that a
 * shared secret signs (RFC 8945). Every exchange is a TCP connection of its own. Safe for many
 * threads.
 */
public final class Updater {
  /** Seconds that a record may be cached. */
  public static final long TTL = 3_600;

  private static final Duration WAIT = Duration.ofSeconds(10);

  private final InetSocketAddress server;
  private final TsigKey key;

  public Updater(InetSocketAddress server, TsigKey key) {
    this.server = server;
    this.key = key;
  }

  /**
   * Makes this the one TXT record of a name.
   *
   * @param strings of ASCII, none longer than 255
   * @throws IOException if the server cannot be reached, has no such zone, or refuses
   */
  public void replaceText(DnsName owner, List<String> strings) throws IOException {
    replaceText(owner, strings, TTL);
  }

  /**
   * As above.
   *
   * @param ttl seconds that it may be cached
   */
  public void replaceText(DnsName owner, List<String> strings, long ttl) throws IOException {
    List<String> escaped = strings.stream().map(string -> string.replace("\\", "\\\\")).toList();
    Name name = wire(owner);
    replace(owner, Type.TXT, List.of(new TXTRecord(name, DClass.IN, ttl, escaped)));
  }

  /**
   * Makes these the TLSA records of a name.
   *
   * @throws IOException as {@link #replaceText}
   */
  public void replaceTlsa(DnsName owner, List<RecordData.Tlsa> records) throws IOException {
    Name name = wire(owner);
    List<Record> all = new ArrayList<>();
    for (RecordData.Tlsa record : records) {
      byte[] data = HexFormat.of().parseHex(record.data());
      all.add(
          new TLSARecord(
              name, DClass.IN, TTL, record.usage(), record.selector(), record.matching(), data));
    }
    replace(owner, Type.TLSA, all);
  }

  /**
   * Removes the TXT records of a name.
   *
   * @throws IOException as {@link #replaceText}
   */
  public void removeText(DnsName owner) throws IOException {
    replace(owner, Type.TXT, List.of());
  }

  private void replace(DnsName owner, int type, List<Record> records) throws IOException {
    Name name = wire(owner);
    Update update = new Update(zoneOf(name));
    // RFC 2136 §2.5: in their order, in one commit
    update.delete(name, type);
    records.forEach(update::add);
    carryOut(owner, update);
  }

  private static Name wire(DnsName owner) throws IOException {
    return WireNames.toWire(owner).orElseThrow(() -> new IOException("not a name: " + owner));
  }

  /**
   * The zone of a name is the one whose SOA comes with the answer, or with its absence. Not signed:
   * whoever forges it only makes us ask the server for another zone.
   */
  private Name zoneOf(Name name) throws IOException {
    Message query = Message.newQuery(Record.newRecord(name, Type.SOA, DClass.IN));
    Message reply = message(query, exchange(query));
    return Stream.of(Section.ANSWER, Section.AUTHORITY)
        .flatMap(section -> reply.getSection(section).stream())
        .filter(record -> record.getType() == Type.SOA && name.subdomain(record.getName()))
        .map(Record::getName)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    shown() + " has no zone for " + name + ": " + Rcode.string(reply.getRcode())));
  }

  private void carryOut(DnsName owner, Update update) throws IOException {
    TSIG tsig = key.tsig();
    tsig.apply(update, null);
    byte[] wire = exchange(update);
    Message reply = message(update, wire);
    // RFC 8945 §5.3: what is not signed by the same key did not come from there. A server that
    // cannot check our signature cannot sign either: it says so, and that is believed.
    int verdict = tsig.verify(reply, wire, update.getTSIG());
    if (verdict != Rcode.NOERROR && reply.getRcode() == Rcode.NOERROR) {
      throw new IOException(shown() + " signed its answer wrongly: " + Rcode.TSIGstring(verdict));
    }
    if (reply.getRcode() != Rcode.NOERROR) {
      throw new IOException(
          shown() + " refused to change " + owner + ": " + Rcode.string(reply.getRcode()));
    }
  }

  private String shown() {
    return server.getAddress().getHostAddress() + "#" + server.getPort();
  }

  private byte[] exchange(Message query) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(server, (int) WAIT.toMillis());
      TcpFrames.write(socket, query.toWire());
      return TcpFrames.read(socket, WAIT)
          .orElseThrow(() -> new EOFException(shown() + " closed without an answer"));
    }
  }

  private Message message(Message query, byte[] wire) throws IOException {
    Message reply;
    try {
      reply = new Message(wire);
    } catch (RuntimeException e) {
      // the parser throws so for some octets that are no message
      throw new IOException(shown() + " answered what is no message", e);
    }
    if (reply.getHeader().getID() != query.getHeader().getID()) {
      throw new IOException(shown() + " did not answer the question");
    }
    return reply;
  }
}
