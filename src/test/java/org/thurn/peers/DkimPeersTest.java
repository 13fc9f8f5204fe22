package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Canonicalization;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimSigner;
import org.thurn.authentication.dkim.DkimVerifier;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.time.Time;

/**
 * Five hundred odd messages each way with each of three other programs, half of them changed after
 * they were signed: both say the same of all, or the RFC decides.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DkimPeersTest {
  private static final int MESSAGES = 500;

  private PeerKeys keys;
  private DkimVerifier verifier;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    keys = new PeerKeys(folder);
    verifier = new DkimVerifier(keys.resolver, Time.system());
  }

  @AfterAll
  void stop() {
    keys.close();
  }

  private static List<String> messages() {
    OddMessages odd = new OddMessages(6376);
    return Stream.generate(odd::next).limit(MESSAGES).toList();
  }

  private static Canonicalization form(int bit) {
    return bit == 0 ? Canonicalization.SIMPLE : Canonicalization.RELAXED;
  }

  private String sign(String message, int i) throws Exception {
    DkimSigner signer =
        new DkimSigner(
            List.of(i / 4 % 2 == 0 ? keys.rsa : keys.ed),
            SigningSettings.DEFAULT.with(form(i & 1), form((i >> 1) & 1)),
            Time.system(),
            Cryptography.platform());
    byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    byte[] body = Arrays.copyOfRange(octets, headers.length(), octets.length);
    StringBuilder signed = new StringBuilder();
    signer.sign(headers, body).stream().map(HeaderField::toString).forEach(signed::append);
    return signed + message;
  }

  private String verdict(String message) throws Exception {
    return verifier.verify(message.getBytes(StandardCharsets.ISO_8859_1)).stream()
        .map(result -> result.outcome().word() + " " + result.sentence())
        .findFirst()
        .orElseThrow();
  }

  private void compare(DkimPeer peer, List<String> messages) throws Exception {
    List<String> theirs = peer.verify(keys.files, messages);
    Map<DkimDifference, Integer> differences = new EnumMap<>(DkimDifference.class);
    List<String> unexplained = new ArrayList<>();
    int passed = 0;
    for (int i = 0; i < messages.size(); i++) {
      String our = verdict(messages.get(i));
      boolean pass = our.startsWith("pass");
      passed += pass ? 1 : 0;
      if (pass != theirs.get(i).startsWith("pass")) {
        Optional<DkimDifference> difference = DkimDifference.of(peer, messages.get(i));
        difference.ifPresent(d -> differences.merge(d, 1, Integer::sum));
        if (difference.isEmpty()) {
          unexplained.add(our + " | " + theirs.get(i) + "\n" + messages.get(i));
        }
      }
    }
    assertThat(unexplained).isEmpty();
    assertThat(Arrays.stream(DkimDifference.values()).filter(d -> d.isOf(peer)))
        .as("no difference is allowed that is not there")
        .allSatisfy(d -> assertThat(differences.get(d)).as(d + ": " + d.rule()).isNotNull());
    assertThat(passed).isBetween(messages.size() / 3, messages.size() * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource
  void whatWeSign(DkimPeer peer) throws Exception {
    peer.command(keys.files);
    OddMessages odd = new OddMessages(8463);
    List<String> messages = messages();
    List<String> signed = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      signed.add(odd.changed(sign(messages.get(i), i)));
    }
    compare(peer, signed);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheySign(DkimPeer peer) throws Exception {
    OddMessages odd = new OddMessages(8301);
    List<String> messages = messages();
    List<String> ways = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Algorithm algorithm = i / 4 % 2 == 0 ? Algorithm.RSA_SHA256 : Algorithm.ED25519_SHA256;
      ways.add(algorithm.word() + " " + form(i & 1).word() + "/" + form((i >> 1) & 1).word());
    }
    List<String> fields = peer.sign(keys.files, messages, ways);
    List<String> signed = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (fields.get(i).startsWith("fail")) {
        assertThat(DkimDifference.of(peer, messages.get(i))).as(fields.get(i)).isPresent();
        continue;
      }
      assertThat(fields.get(i)).startsWith("DKIM-Signature:").endsWith("\r\n");
      signed.add(odd.changed(fields.get(i) + messages.get(i)));
    }
    assertThat(signed).hasSizeGreaterThan(MESSAGES / 2);
    compare(peer, signed);
  }
}
