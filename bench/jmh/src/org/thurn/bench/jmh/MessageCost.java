package org.thurn.bench.jmh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.thurn.authentication.arc.ArcSealer;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.DkimSigner;
import org.thurn.authentication.dkim.DkimVerifier;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.dmarc.DmarcOutcome;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.inbound.InboundCheck;
import org.thurn.authentication.inbound.InboundResult;
import org.thurn.authentication.inbound.InboundSettings;
import org.thurn.authentication.inbound.MessageCheck;
import org.thurn.authentication.inbound.Origin;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.spf.SpfSettings;
import org.thurn.message.DataClass;
import org.thurn.message.Downgrade;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimeTree;
import org.thurn.message.OctetSource;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.time.Time;
import org.thurn.tls.CryptoProvider;

/** One message of 10 KB, from its octets on, with the cryptography that the server has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MessageCost {
  /** The system property that names the corpus. */
  static final String FOLDER = "thurn.bench.folder";

  private final Corpus corpus = new Corpus(Path.of(System.getProperty(FOLDER)));
  private final Cryptography cryptography = Cryptography.of(CryptoProvider.get());
  private final byte[] plain = corpus.read("plain.eml");
  private final byte[] rsa = corpus.read("rsa.eml");
  private final byte[] ed = corpus.read("ed.eml");
  private final byte[] forwarded = corpus.read("forwarded.eml");
  private final byte[] eight = corpus.read("eight.eml");
  private final DkimSigner rsaSigner = signer(List.of(corpus.signing("rsa")));
  private final DkimSigner edSigner = signer(List.of(corpus.signing("ed")));
  private final DkimSigner bothSigner =
      signer(List.of(corpus.signing("ed"), corpus.signing("rsa")));
  private final ArcSealer sealer =
      new ArcSealer(
          corpus.signing("rsa"), SigningSettings.DEFAULT, Time.system(), cryptography);
  private final Origin origin =
      new Origin(
          IpAddress.of("192.0.2.1"),
          "client.example.com",
          ReversePath.of(Mailbox.of("alice@example.com")));
  private Dns dns;
  private DkimVerifier verifier;
  private InboundCheck inbound;

  /** Everything must pass, or a figure would be of another work. */
  @Setup
  public void open() throws Exception {
    dns = Dns.open(corpus);
    verifier = new DkimVerifier(dns.resolver(), Time.system(), cryptography);
    InboundSettings settings =
        new InboundSettings(
            SpfSettings.of(Domain.of("mx.example.net")), DmarcSettings.DEFAULT);
    inbound = new InboundCheck(dns.resolver(), settings, Time.system(), cryptography);
    require(verifyRsa().getFirst().passed(), "the RSA signature");
    require(verifyEd25519().getFirst().passed(), "the Ed25519 signature");
    require(inbound().dmarc().outcome() == DmarcOutcome.PASS, "DMARC");
    InboundResult chain = inboundForwarded();
    require(chain.arc().chainValidation() == ChainValidation.PASS, "ARC: " + chain.arc());
  }

  private static void require(boolean so, String what) {
    if (!so) {
      throw new IllegalStateException(what + " does not pass");
    }
  }

  @TearDown
  public void close() {
    dns.close();
  }

  private DkimSigner signer(List<SigningKey> keys) {
    return new DkimSigner(keys, SigningSettings.DEFAULT, Time.system(), cryptography);
  }

  @Benchmark
  public List<DkimResult> verifyRsa() throws InterruptedException {
    return verifier.verify(rsa);
  }

  @Benchmark
  public List<DkimResult> verifyEd25519() throws InterruptedException {
    return verifier.verify(ed);
  }

  @Benchmark
  public InboundResult inbound() throws InterruptedException {
    return check(rsa);
  }

  @Benchmark
  public InboundResult inboundForwarded() throws InterruptedException {
    return check(forwarded);
  }

  private InboundResult check(byte[] message) throws InterruptedException {
    MessageCheck check = inbound.begin(Optional.of(origin));
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    check.header(headers);
    check.take(message, headers.length(), message.length - headers.length());
    return check.finish();
  }

  @Benchmark
  public List<HeaderField> signEd25519() throws Exception {
    return sign(edSigner);
  }

  @Benchmark
  public List<HeaderField> signRsa() throws Exception {
    return sign(rsaSigner);
  }

  @Benchmark
  public List<HeaderField> signBoth() throws Exception {
    return sign(bothSigner);
  }

  @Benchmark
  public List<HeaderField> seal() throws Exception {
    Headers headers = Headers.parse(rsa, MessageLimits.DEFAULT);
    Sealing sealing = sealer.begin(headers);
    sealing.take(rsa, headers.length(), rsa.length - headers.length());
    return sealing.finish(
        ChainValidation.NONE, AuthenticationResults.of("example.net", List.of()));
  }

  @Benchmark
  public ByteArrayOutputStream encode() throws Exception {
    MimeTree tree = MimeParser.parse(new ByteArrayInputStream(eight), MessageLimits.DEFAULT);
    if (!(Downgrade.plan(tree, DataClass.SEVEN_BIT) instanceof Downgrade.Possible possible)) {
      throw new IllegalStateException("text can be encoded");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(2 * eight.length);
    possible.writeTo(OctetSource.of(eight), out);
    return out;
  }

  private List<HeaderField> sign(DkimSigner signer) throws Exception {
    Headers headers = Headers.parse(plain, MessageLimits.DEFAULT);
    return signer.sign(headers, Arrays.copyOfRange(plain, headers.length(), plain.length));
  }
}
