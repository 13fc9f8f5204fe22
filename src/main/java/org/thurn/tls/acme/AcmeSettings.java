package org.thurn.tls.acme;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.name.Domain;

/**
 * Which certificates are wanted, and from whom.
 *
 * @param directory where the authority says what it offers (RFC 8555 §7.1.1)
 * @param contact where the authority may write to, such as {@code mailto:hostmaster@example.org}
 * @param names each gets a certificate of its own
 * @param challenge how it is proved that a name is ours
 * @param ca PEM, whom to believe that the authority is who it says; the system's where absent
 * @param rotateKeyEvery how long a key is kept; zero for ever
 * @param publishTlsa whether the TLSA records of the names are ours to write
 */
public record AcmeSettings(
    URI directory,
    Optional<String> contact,
    List<Domain> names,
    Proof challenge,
    Optional<Path> ca,
    Duration rotateKeyEvery,
    boolean publishTlsa) {
  /** Let's Encrypt's. */
  public static final URI USUAL_DIRECTORY =
      URI.create("https://acme-v02.api.letsencrypt.org/directory");

  /** How it is proved that a name is ours. */
  public enum Proof {
    /** A file on our web server at port 80, RFC 8555 §8.3. */
    HTTP_01,
    /** A certificate of our own at port 443, RFC 8737. */
    TLS_ALPN_01,
    /** A TXT record, RFC 8555 §8.4. */
    DNS_01;

    /** As the RFCs and the settings have it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The proof of that word. */
    public static Optional<Proof> of(String word) {
      return Arrays.stream(values()).filter(proof -> proof.word().equals(word)).findFirst();
    }
  }

  public AcmeSettings {
    names = List.copyOf(names);
  }
}
