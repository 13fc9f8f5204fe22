package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.name.IpAddress;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AuthoritativeServerTest {
  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void serve() throws Exception {
    lab = new Lab(directory, new ManualTime());
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private static Message query(String name, int type) {
    return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
  }

  private static Message withEdns(Message query, int version, int payload, int flags) {
    query.addRecord(new OPTRecord(payload, 0, version, flags), Section.ADDITIONAL);
    return query;
  }

  private byte[] overUdp(byte[] wire) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(Lab.loopback())) {
      socket.setSoTimeout(300);
      socket.send(new DatagramPacket(wire, wire.length, lab.address()));
      DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }

  private Message ask(Message query) throws IOException {
    return new Message(overUdp(query.toWire()));
  }

  @Test
  void looksAuthoritativeAndRecursiveButNeverValidated() throws Exception {
    Message reply = ask(withEdns(query("strict.example.", Type.MX), 0, 1232, ExtendedFlags.DO));

    assertThat(reply.getHeader().getFlag(Flags.QR)).isTrue();
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(reply.getHeader().getFlag(Flags.RA)).isTrue();
    assertThat(reply.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(reply.getHeader().getFlag(Flags.AD)).isFalse();
    assertThat(reply.getSectionRRsets(Section.ANSWER).getFirst().sigs()).hasSize(1);
  }

  @Test
  void signaturesComeOnlyWhenAskedFor() throws Exception {
    for (String name : List.of("strict.example.", "nope.strict.example.")) {
      for (Message query :
          List.of(query(name, Type.MX), withEdns(query(name, Type.MX), 0, 1232, 0))) {
        Message reply = ask(query);
        assertThat(reply.toString()).doesNotContain("RRSIG").doesNotContain("NSEC");
        assertThat(reply.getOPT() == null).isEqualTo(query.getOPT() == null);
      }
    }
  }

  @Test
  void whatDoesNotFitIsTruncatedToNothing() throws Exception {
    lab.tree.add(("big.strict.example. TXT \"" + "x".repeat(250) + "\"\n").repeat(1));
    lab.tree.add("big.strict.example. TXT \"" + "y".repeat(250) + "\"");
    lab.tree.add("big.strict.example. TXT \"" + "z".repeat(250) + "\"");

    Message small = ask(query("big.strict.example.", Type.TXT));
    assertThat(small.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(small.getSection(Section.ANSWER)).isEmpty();
    assertThat(
            ask(withEdns(query("big.strict.example.", Type.TXT), 0, 1232, 0))
                .getSection(Section.ANSWER))
        .hasSize(3);
  }

  @Test
  void oddQueriesGetTheCodeTheyDeserve() throws Exception {
    assertThat(ask(withEdns(query("strict.example.", Type.MX), 1, 1232, 0)).getRcode())
        .isEqualTo(Rcode.BADVERS);
    assertThat(ask(query("strict.example.", Type.AXFR)).getRcode()).isEqualTo(Rcode.NOTIMP);
    assertThat(ask(Message.newQuery(Record.newRecord(Name.root, Type.TXT, DClass.CH))).getRcode())
        .isEqualTo(Rcode.REFUSED);
    Message notify = query("strict.example.", Type.SOA);
    notify.getHeader().setOpcode(Opcode.NOTIFY);
    assertThat(ask(notify).getRcode()).isEqualTo(Rcode.NOTIMP);
    Message empty = new Message(77);
    assertThat(ask(empty).getRcode()).isEqualTo(Rcode.FORMERR);
    byte[] broken = Arrays.copyOf(query("strict.example.", Type.MX).toWire(), 20);
    assertThat(new Message(overUdp(broken)).getRcode()).isEqualTo(Rcode.FORMERR);
    assertThat(ask(query("strict.example.", Type.ANY)).getSectionRRsets(Section.ANSWER)).hasSize(1);
  }

  @Test
  void anAnswerIsNotAnswered() {
    Message reply = query("strict.example.", Type.MX);
    reply.getHeader().setFlag(Flags.QR);

    assertThatThrownBy(() -> ask(reply)).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void aTreeWithoutTheNameRefuses() {
    Message reply = Responder.reply(Map.of(), query("elsewhere.example.", Type.A));

    assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void aDelegationToNobodyHereIsReferred() throws Exception {
    lab.tree.add(
        """
        away.strict.example. NS ns.away.strict.example.
        ns.away.strict.example. A 127.0.0.4
        """);

    Message reply =
        ask(withEdns(query("www.away.strict.example.", Type.A), 0, 1232, ExtendedFlags.DO));

    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    assertThat(
            reply.findRRset(
                Name.fromConstantString("away.strict.example."), Type.NS, Section.AUTHORITY))
        .isTrue();
    assertThat(
            reply.findRRset(
                Name.fromConstantString("away.strict.example."), Type.NSEC, Section.AUTHORITY))
        .isTrue();
    assertThat(
            reply.findRRset(
                Name.fromConstantString("ns.away.strict.example."), Type.A, Section.ADDITIONAL))
        .isTrue();
    assertThat(lab.resolver().ask(new DnsName("away.strict.example"), RecordType.DS))
        .returns(Answer.Status.NO_DATA, Answer::status)
        .returns(Security.SECURE, Answer::security);
  }

  @Test
  void severalQueriesShareOneTcpConnection() throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(lab.address());
      for (int i = 0; i < 3; i++) {
        TcpFrames.write(socket, query("strict.example.", Type.MX).toWire());
        byte[] reply = TcpFrames.read(socket, Duration.ofSeconds(2)).orElseThrow();
        assertThat(new Message(reply).getRcode()).isEqualTo(Rcode.NOERROR);
      }
    }
  }

  @Test
  void connectionsPastTheLimitAreClosedAndRoomIsGivenBack() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        sockets.add(connected());
      }
      try (Socket one = connected()) {
        assertThat(one.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertThat(lab.resolver().ask(Lab.STRICT, RecordType.MX).found()).isTrue();
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket();
    socket.connect(lab.address());
    socket.setSoTimeout(2000);
    return socket;
  }

  @Test
  void listensAtSeveralAddresses() throws Exception {
    List<InetSocketAddress> wanted =
        List.of(Lab.loopback(), new InetSocketAddress(IpAddress.of("127.25.0.1"), 0));
    try (AuthoritativeServer server = AuthoritativeServer.start(lab.tree, wanted, s -> {})) {
      for (InetSocketAddress address : server.addresses()) {
        assertThat(
                new StubResolver(ResolverSettings.of(address), lab.time)
                    .ask(Lab.STRICT, RecordType.MX)
                    .found())
            .isTrue();
      }
    }
  }

  @Test
  void anOccupiedPortIsNamed() {
    assertThatThrownBy(() -> AuthoritativeServer.start(lab.tree, List.of(lab.address()), s -> {}))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("127.0.0.1 port " + lab.address().getPort());
  }

  @Test
  void everyQuestionIsLogged() throws Exception {
    lab.server.disturb((name, type) -> Disturbance.Treatment.SERVFAIL);
    ask(query("Strict.Example.", Type.MX));

    assertThat(lab.served)
        .last()
        .returns("strict.example.", Served::name)
        .returns("MX", Served::type)
        .returns("SERVFAIL", Served::rcode)
        .returns(Disturbance.Treatment.SERVFAIL, Served::treatment)
        .returns(false, Served::tcp);
  }

  @Test
  void aBugInADisturbanceFailsOneQuestionOnly() throws Exception {
    lab.server.disturb(
        (name, type) -> {
          throw new IllegalStateException("a bug, thrown on purpose");
        });
    assertThat(ask(query("strict.example.", Type.MX)).getRcode()).isEqualTo(Rcode.SERVFAIL);

    lab.server.disturb(Disturbance.NONE);
    assertThat(ask(query("strict.example.", Type.MX)).getRcode()).isEqualTo(Rcode.NOERROR);
  }
}
