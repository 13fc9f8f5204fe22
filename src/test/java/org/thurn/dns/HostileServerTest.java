package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.dns.Answer.Status;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What comes back is not always an answer. */
class HostileServerTest {
  @TempDir Path directory;
  private final ManualTime time = new ManualTime();
  private Lab lab;

  @BeforeEach
  void serve() throws Exception {
    lab = new Lab(directory, time);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private Message honest(Message query) {
    return Responder.reply(lab.tree.zones(), query);
  }

  private byte[] changed(Message query, Consumer<Message> change) {
    Message reply = honest(query);
    change.accept(reply);
    return reply.toWire();
  }

  private Answer ask(Function<Message, List<byte[]>> script, boolean validate, String name)
      throws IOException {
    try (ScriptedServer server = new ScriptedServer(script)) {
      ResolverSettings settings =
          ResolverSettings.of(server.address()).withTimeout(Duration.ofMillis(600));
      return new StubResolver(validate ? settings.withTrustAnchor(lab.anchor) : settings, time)
          .ask(new DnsName(name), RecordType.A);
    }
  }

  @Test
  void datagramsThatDoNotRepeatIdAndQuestionAreIgnored() throws Exception {
    Answer answer =
        ask(
            query -> {
              Message otherQuestion = query.clone();
              otherQuestion.removeAllRecords(Section.QUESTION);
              otherQuestion.addRecord(
                  Record.newRecord(Name.fromConstantString("plain.example."), Type.A, 1),
                  Section.QUESTION);
              return List.of(
                  "garbage".getBytes(StandardCharsets.US_ASCII),
                  new byte[0],
                  query.toWire(),
                  changed(query, m -> m.getHeader().setID(query.getHeader().getID() ^ 1)),
                  honest(otherQuestion).toWire(),
                  honest(query).toWire());
            },
            true,
            "mx.strict.example");

    assertThat(answer)
        .returns(Status.FOUND, Answer::status)
        .returns(Security.SECURE, Answer::security);
  }

  @Test
  void aFloodOfForgeriesEndsInFailure() throws Exception {
    Answer answer =
        ask(
            query ->
                Collections.nCopies(
                    70, changed(query, m -> m.getHeader().setID(query.getHeader().getID() ^ 1))),
            false,
            "mx.strict.example");

    assertThat(answer.status()).isEqualTo(Status.TEMPORARY_FAILURE);
    assertThat(answer.explanation()).contains("datagrams that do not answer");
  }

  @Test
  void anAnswerOfTooManySetsIsNotLookedAt() throws Exception {
    Answer answer =
        ask(
            query ->
                List.of(
                    changed(
                        query,
                        m ->
                            IntStream.range(1000, 1066)
                                .forEach(
                                    type ->
                                        m.addRecord(
                                            Record.newRecord(
                                                query.getQuestion().getName(),
                                                type,
                                                1,
                                                1,
                                                new byte[4]),
                                            Section.ANSWER)))),
            false,
            "mx.strict.example");

    assertThat(answer.status()).isEqualTo(Status.TEMPORARY_FAILURE);
    assertThat(answer.explanation()).contains("too large");
  }

  @Test
  void theAuthenticDataFlagOfAServerIsNotBelieved() throws Exception {
    Answer answer =
        ask(
            query -> List.of(changed(query, m -> m.getHeader().setFlag(Flags.AD))),
            true,
            "mx.plain.example");

    assertThat(answer.security()).isEqualTo(Security.INSECURE);
  }

  @Test
  void aForgedAddressAmongSignedOnesIsBogus() throws Exception {
    Answer answer =
        ask(
            query ->
                List.of(
                    changed(
                        query,
                        m -> {
                          if (query.getQuestion().getType() == Type.A) {
                            m.addRecord(
                                Record.newRecord(
                                    query.getQuestion().getName(), Type.A, 1, 300, new byte[4]),
                                Section.ANSWER);
                          }
                        })),
            true,
            "mx.strict.example");

    assertThat(answer.security()).isEqualTo(Security.BOGUS);
    assertThat(answer.records()).isEmpty();
  }

  @Test
  void aNoWithoutProofIsBogusWhereSignaturesMustBeAndNotKeptElsewhere() throws Exception {
    Function<Message, List<byte[]>> silentNo =
        query ->
            List.of(
                query.getQuestion().getType() == Type.A
                    ? Responder.empty(query, 0).toWire()
                    : honest(query).toWire());

    assertThat(ask(silentNo, true, "mx.strict.example").security()).isEqualTo(Security.BOGUS);
    assertThat(ask(silentNo, true, "mx.plain.example"))
        .returns(Status.NO_DATA, Answer::status)
        .returns(Security.INSECURE, Answer::security)
        .returns(Duration.ZERO, Answer::ttl);
  }

  @Test
  void aCnameThatTheServerDidNotFollowIsFollowed() throws Exception {
    Function<Message, List<byte[]>> onlyTheFirstStep =
        query ->
            List.of(
                changed(
                    query,
                    m -> {
                      if (query.getQuestion().getName().toString().startsWith("out.")) {
                        List.copyOf(m.getSection(Section.ANSWER)).stream()
                            .filter(r -> r.getName().toString().startsWith("mx."))
                            .forEach(r -> m.removeRecord(r, Section.ANSWER));
                      }
                    }));

    Answer answer = ask(onlyTheFirstStep, true, "out.strict.example");

    assertThat(answer)
        .returns(Status.FOUND, Answer::status)
        .returns(Security.INSECURE, Answer::security)
        .returns(new DnsName("mx.plain.example"), Answer::canonicalName);
  }

  @Test
  void aChainHiddenAfterItWasProvenIsBogusAtOnceWhenItExpires() throws Exception {
    StubResolver resolver = lab.resolver();
    assertThat(resolver.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.SECURE);
    time.pause(Duration.ofSeconds(400));
    lab.server.disturb(
        (name, type) ->
            type.equals("DS")
                ? Disturbance.Treatment.BREAK_SIGNATURES
                : Disturbance.Treatment.NORMAL);

    assertThat(resolver.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.BOGUS);
  }

  @Test
  void aStrippedProofOfAbsenceIsBogus() throws Exception {
    for (String name : List.of("nope.strict.example", "x.wild.strict.example")) {
      Answer answer =
          ask(
              query ->
                  List.of(
                      changed(
                          query,
                          m -> {
                            if (query.getQuestion().getType() == Type.A) {
                              m.removeAllRecords(Section.AUTHORITY);
                            }
                          })),
              true,
              name);
      assertThat(answer.security()).as(answer.toString()).isEqualTo(Security.BOGUS);
    }
  }
}
