package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.authentication.arc.ArcSealer;
import org.thurn.authentication.arc.ArcVerifier;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.arc.UnsealableException;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.testing.Programs;
import org.thurn.time.Time;

/**
 * A hundred odd messages that go through three hosts each, which are we or another program, and of
 * which some change the message: after each host, both say the same of every chain, or {@link
 * DkimDifference} says why not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArcPeersTest {
  private static final int MESSAGES = 100;
  private static final int HOSTS = 3;

  private PeerKeys keys;
  private ArcVerifier verifier;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    keys = new PeerKeys(folder);
    verifier = new ArcVerifier(keys.resolver, Time.system());
  }

  @AfterAll
  void stop() {
    keys.close();
  }

  private static byte[] octets(String message) {
    return message.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String ours(String message) throws InterruptedException {
    var result = verifier.verify(octets(message));
    return result.chainValidation().word() + " " + result.reason();
  }

  private String seal(String message, SigningKey key, String found, String host) {
    ArcSealer sealer =
        new ArcSealer(key, SigningSettings.DEFAULT, Time.system(), Cryptography.platform());
    byte[] octets = octets(message);
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    ChainValidation state =
        Stream.of(ChainValidation.values())
            .filter(value -> value.word().equals(found))
            .findFirst()
            .orElseThrow();
    try {
      Sealing sealing = sealer.begin(headers);
      sealing.take(octets, headers.length(), octets.length - headers.length());
      StringBuilder fields = new StringBuilder();
      sealing.finish(state, AuthenticationResults.gathered(headers, host)).stream()
          .map(HeaderField::toString)
          .forEach(fields::append);
      return fields.toString();
    } catch (UnsealableException e) {
      return "";
    }
  }

  /** What one host does: the results of its checks, and a set. */
  private List<String> sealed(DkimPeer peer, List<String> messages, int round, Random random)
      throws Exception {
    String host = "mx" + round + ".example.com";
    List<String> checked = new ArrayList<>();
    List<String> requests = new ArrayList<>();
    List<String> sets = new ArrayList<>();
    for (String message : messages) {
      String found = ours(message).split(" ", 2)[0];
      String results = "Authentication-Results: " + host + "; arc=" + found + "\r\n";
      checked.add(results + message);
      requests.add("S " + found + " " + host + " " + DkimPeer.hex(checked.getLast()));
      // dkimpy knows no Ed25519 in ARC
      SigningKey key = random.nextBoolean() || peer == DkimPeer.DKIMPY ? keys.rsa : keys.ed;
      sets.add(seal(checked.getLast(), key, found, host));
    }
    List<String> theirs = peer.askArc(keys.files, requests);
    List<String> sealed = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      String their = theirs.get(i);
      boolean refuses = their.isBlank() || their.startsWith("fail");
      if (sets.get(i).isEmpty()) {
        // RFC 8617 §5.1, 2, of which dkimpy knows nothing
        assertThat(refuses || peer == DkimPeer.DKIMPY).as(their).isTrue();
        sealed.add(checked.get(i));
      } else {
        assertThat(refuses).as(their).isFalse();
        byte[] set = HexFormat.of().parseHex(their);
        boolean we = random.nextBoolean();
        sealed.add(
            (we ? sets.get(i) : new String(set, StandardCharsets.ISO_8859_1)) + checked.get(i));
      }
    }
    return sealed;
  }

  @ParameterizedTest
  @EnumSource(names = {"DKIMPY", "MAILAUTH"})
  void bothSayTheSame(DkimPeer peer) throws Exception {
    if (peer == DkimPeer.DKIMPY) {
      Programs.requireFile(Path.of("/usr/lib/python3/dist-packages/authres"));
    }
    OddMessages odd = new OddMessages(8617);
    Random random = new Random(8617);
    List<String> messages = Stream.generate(odd::next).limit(MESSAGES).toList();
    TreeMap<String, Integer> counts = new TreeMap<>();
    List<String> different = new ArrayList<>();
    for (int round = 1; round <= HOSTS; round++) {
      messages = sealed(peer, messages, round, random).stream().map(odd::changed).toList();
      List<String> theirs =
          peer.askArc(keys.files, messages.stream().map(m -> "V " + DkimPeer.hex(m)).toList());
      for (int i = 0; i < MESSAGES; i++) {
        String our = ours(messages.get(i));
        String state = our.split(" ", 2)[0];
        counts.merge(state + " after " + round, 1, Integer::sum);
        boolean same = theirs.get(i).split(" ", 2)[0].equals(state);
        if (!same && DkimDifference.of(peer, messages.get(i)).isEmpty()) {
          different.add(our + " | " + theirs.get(i) + "\n" + messages.get(i));
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(counts).allSatisfy((what, count) -> assertThat(count).as(what).isGreaterThan(9));
    assertThat(counts).hasSize(2 * HOSTS);
  }
}
