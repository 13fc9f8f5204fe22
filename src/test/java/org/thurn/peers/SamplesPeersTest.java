package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.authentication.arc.ArcVerifier;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.DkimVerifier;
import org.thurn.authentication.dkim.Samples;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.dns.ZoneTree;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/** Samples of real-world shapes: other programs say of each signature what we say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplesPeersTest {
  /** We do not believe in a signature that leaves a part of the body to anybody: decision 021. */
  private static final String UNSIGNED_END = "LENGTH_AND_FOOTER 1";

  /** RFC 6376 §3.5: i= may be quoted-printable, and here is. */
  private static final String QUOTED_IDENTITY = "MAILCHIMP 1";

  /** RFC 6376 §3.2: white space may stand on both sides of a tag's equals sign. */
  private static final String SPACES = "SPACED_LIST 1";

  /** RFC 6376 §3.2: values are case-sensitive, unless a tag says otherwise; a= does not. */
  private static final String UPPER_CASE = "UPPER_CASE_ALGORITHM 1";

  /** RFC 6376 §3.6.1: t=s allows no subdomain in i=. */
  private static final String STRICT = "STRICT_KEY 2";

  /** Signatures of which a peer says something else, each decided by the RFC's text. */
  private static final Map<DkimPeer, Set<String>> DIFFERENCES =
      Map.of(
          DkimPeer.OPENDKIM, Set.of(UNSIGNED_END, QUOTED_IDENTITY, SPACES, UPPER_CASE),
          DkimPeer.DKIMPY, Set.of(UNSIGNED_END, SPACES, STRICT),
          DkimPeer.MAILAUTH, Set.of(UNSIGNED_END, QUOTED_IDENTITY, UPPER_CASE));

  private static final Pattern SIGNATURE =
      Pattern.compile("(?m)^DKIM-Signature:[^\r]*\r\n(?:[ \t][^\r]*\r\n)*");

  private AuthoritativeServer server;
  private Resolver resolver;
  private DkimPeer.Keys keys;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    StringBuilder records = new StringBuilder();
    StringBuilder zone = new StringBuilder();
    Samples.zone()
        .forEach(
            (name, text) -> {
              String strings = text.replaceAll("(.{1,255})", "\"$1\" ");
              records.append(name).append(". IN TXT ( ").append(strings).append(")\n");
              zone.append(name).append(' ').append(text).append('\n');
            });
    ZoneTree tree =
        ZoneTree.builder(Time.system()).unsigned(DnsName.ROOT).records(records.toString()).build();
    InetSocketAddress any = new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
    server = AuthoritativeServer.start(tree, List.of(any), _ -> {});
    InetSocketAddress address = server.addresses().getFirst();
    resolver = new StubResolver(ResolverSettings.of(address), Time.system());
    keys =
        new DkimPeer.Keys(
            Samples.key(Algorithm.RSA_SHA256),
            Samples.key(Algorithm.ED25519_SHA256),
            folder,
            address.getPort());
    keys.write();
    Files.writeString(keys.zone(), zone);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static byte[] octets(String message) {
    return message.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The message with one of its signatures alone, for each of them: peers tell of one only. */
  private static Map<String, String> single(Samples sample) throws Exception {
    Map<String, String> single = new TreeMap<>();
    String message = sample.message();
    int count = (int) SIGNATURE.matcher(message).results().count();
    for (int kept = 0; kept < count; kept++) {
      int[] at = {0, kept};
      String one =
          SIGNATURE
              .matcher(message)
              .replaceAll(m -> at[0]++ == at[1] ? Matcher.quoteReplacement(m.group()) : "");
      single.put(sample + " " + (kept + 1), one);
    }
    return single;
  }

  @ParameterizedTest
  @EnumSource
  void bothSayTheSameOfEachSignature(DkimPeer peer) throws Exception {
    Map<String, String> messages = new TreeMap<>();
    for (Samples sample : Samples.values()) {
      messages.putAll(single(sample));
    }
    List<String> theirs = peer.verify(keys, List.copyOf(messages.values()));
    DkimVerifier verifier = new DkimVerifier(resolver, Time.system());
    Map<String, String> different = new TreeMap<>();
    int at = 0;
    for (Map.Entry<String, String> message : messages.entrySet()) {
      List<DkimResult> ours = verifier.verify(octets(message.getValue()));
      assertThat(ours).as(message.getKey()).hasSize(1);
      String their = theirs.get(at++);
      if (ours.getFirst().passed() != their.startsWith("pass")) {
        different.put(message.getKey(), ours.getFirst().sentence() + " | " + their);
      }
    }
    assertThat(different.keySet()).as(different.toString()).isEqualTo(DIFFERENCES.get(peer));
  }

  @ParameterizedTest
  @EnumSource(names = {"DKIMPY", "MAILAUTH"})
  void bothSayTheSameOfEachChain(DkimPeer peer) throws Exception {
    List<String> messages = new ArrayList<>();
    for (Samples sample : Samples.values()) {
      messages.add(sample.message());
    }
    List<String> requests = messages.stream().map(message -> "V " + DkimPeer.hex(message)).toList();
    List<String> theirs = peer.askArc(keys, requests);
    ArcVerifier verifier = new ArcVerifier(resolver, Time.system());
    List<String> ours = new ArrayList<>();
    for (String message : messages) {
      ours.add(verifier.verify(octets(message)).chainValidation().word());
    }
    assertThat(theirs.stream().map(their -> their.split(" ", 2)[0]).collect(Collectors.toList()))
        .as(theirs.toString())
        .isEqualTo(ours)
        .contains("pass", "none");
  }
}
