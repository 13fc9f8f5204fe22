package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.Answer.Status;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;

/** A root zone that proves absence with hashed names (RFC 5155): our own server does not. */
class Nsec3Test {
  private static final Name A = Name.fromConstantString("a.");
  private static final base32 HEX32 = new base32(base32.Alphabet.BASE32HEX, false, true);

  @TempDir Path directory;
  private final ManualTime time = new ManualTime();
  private final ZoneKey key = ZoneKey.generate(Name.root);
  private final ZoneSigner signer = new ZoneSigner(key, time);
  private int iterations = 0;
  private boolean optOut = false;
  private boolean forgetful = false;

  @ParameterizedTest
  @CsvSource({
    "false, a,     A,  FOUND,        SECURE",
    "false, a,     MX, NO_DATA,      SECURE",
    "false, b,     A,  NO_SUCH_NAME, SECURE",
    "false, x.b,   A,  NO_SUCH_NAME, SECURE",
    "true,  a,     MX, NO_DATA,      SECURE",
    "true,  b,     A,  NO_SUCH_NAME, INSECURE",
    "true,  c,     DS, NO_DATA,      INSECURE",
    "true,  www.c, A,  FOUND,        INSECURE",
  })
  void hashedNamesProveAbsenceAndOptOutInsecurity(
      boolean out, String name, RecordType type, Status status, Security security)
      throws Exception {
    optOut = out;
    assertThat(ask(name, type)).returns(status, Answer::status).returns(security, Answer::security);
  }

  @Test
  void anUnsignedAnswerWhereNothingMayBeUnsignedIsBogus() throws Exception {
    assertThat(ask("www.c", RecordType.A).security()).isEqualTo(Security.BOGUS);
  }

  @Test
  void halfAProofIsBogus() throws Exception {
    forgetful = true;
    assertThat(ask("b", RecordType.A).security()).isEqualTo(Security.BOGUS);
  }

  @Test
  void tooManyIterationsAreNotComputed() throws Exception {
    iterations = 5000;
    assertThat(ask("b", RecordType.A).security()).isNotEqualTo(Security.SECURE);
  }

  private Answer ask(String name, RecordType type) throws IOException {
    Path anchor = Files.writeString(directory.resolve("ds"), key.ds(60) + "\n");
    try (ScriptedServer server = new ScriptedServer(q -> List.of(reply(q).toWire()))) {
      return new StubResolver(ResolverSettings.of(server.address()).withTrustAnchor(anchor), time)
          .ask(new DnsName(name), type);
    }
  }

  private Message reply(Message query) {
    Message reply = Responder.empty(query, Rcode.NOERROR);
    Name name = query.getQuestion().getName();
    int type = query.getQuestion().getType();
    if (name.equals(Name.root) && type == Type.DNSKEY) {
      add(reply, Section.ANSWER, signer.sign(new RRset(key.dnskey())));
    } else if (name.equals(A) && type == Type.A) {
      add(reply, Section.ANSWER, signer.sign(new RRset(address(name))));
    } else if (name.subdomain(Name.fromConstantString("c.")) && type == Type.A) {
      add(reply, Section.ANSWER, new RRset(address(name)));
    } else {
      deny(reply, name);
    }
    return reply;
  }

  private void deny(Message reply, Name name) {
    add(reply, Section.AUTHORITY, signer.sign(new RRset(soa())));
    if (name.equals(A)) {
      add(reply, Section.AUTHORITY, nsec3(A));
      return;
    }
    Name nextCloser = new Name(name, name.labels() - 2);
    if (!nextCloser.toString().equals("c.")) {
      reply.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    List<RRset> proof = new ArrayList<>(List.of(nsec3(nextCloser)));
    if (!forgetful) {
      proof.add(nsec3(Name.root));
      proof.add(nsec3(Name.fromConstantString("*.")));
    }
    proof.stream()
        .filter(s -> !reply.findRRset(s.getName(), s.getType(), Section.AUTHORITY))
        .forEach(s -> add(reply, Section.AUTHORITY, s));
  }

  /** The record that matches the name's hash, or covers it. */
  private RRset nsec3(Name name) {
    TreeMap<String, int[]> chain =
        new TreeMap<>(
            Map.of(
                hash(Name.root), new int[] {Type.NS, Type.SOA, Type.RRSIG, Type.DNSKEY},
                hash(A), new int[] {Type.A, Type.RRSIG}));
    Map.Entry<String, int[]> entry = chain.floorEntry(hash(name));
    Map.Entry<String, int[]> owner = entry == null ? chain.lastEntry() : entry;
    String higher = chain.higherKey(owner.getKey());
    String next = higher == null ? chain.firstKey() : higher;
    NSEC3Record record = record(owner.getKey() + ".", HEX32.fromString(next), owner.getValue());
    return signer.sign(new RRset(record));
  }

  private NSEC3Record record(String owner, byte[] next, int[] types) {
    return new NSEC3Record(
        Name.fromConstantString(owner),
        DClass.IN,
        60,
        NSEC3Record.Digest.SHA1,
        optOut ? NSEC3Record.Flags.OPT_OUT : 0,
        iterations,
        new byte[0],
        next,
        types);
  }

  private String hash(Name name) {
    try {
      return HEX32.toString(record("x.", new byte[20], new int[0]).hashName(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Record address(Name name) {
    return Record.newRecord(name, Type.A, DClass.IN, 60, new byte[] {127, 0, 0, 1});
  }

  private static SOARecord soa() {
    return new SOARecord(Name.root, DClass.IN, 60, A, A, 1, 60, 60, 60, 60);
  }

  private static void add(Message reply, int section, RRset set) {
    for (Record record : set.rrs(false)) {
      reply.addRecord(record, section);
    }
    set.sigs().forEach(signature -> reply.addRecord(signature, section));
  }
}
