package org.thurn.transfer.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.KeySyntaxException;
import org.thurn.authentication.dkim.rotation.KeyState;
import org.thurn.authentication.dkim.rotation.Stage;
import org.thurn.name.Domain;
import org.thurn.store.Partition;

/**
 * The rows of a domain's keys: {@code k/SELECTOR} a key, with its private half in PKCS #8. Each
 * begins with the version of its form.
 */
final class KeyRows {
  static final String KIND = "dkim-keys";
  static final byte[] KEYS = {'k', '/'};
  static final byte[] KEYS_END = {'k', '0'};

  private static final int VERSION = 1;

  private KeyRows() {}

  static Partition partition(Domain domain) {
    return new Partition(KIND, domain.ascii());
  }

  static byte[] key(String selector) {
    return ("k/" + selector).getBytes(UTF_8);
  }

  static String selector(byte[] key) {
    return new String(key, KEYS.length, key.length - KEYS.length, UTF_8);
  }

  static byte[] write(DomainKey key) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      out.writeByte(VERSION);
      out.writeUTF(key.selector());
      out.writeUTF(key.state().algorithm().word());
      out.writeUTF(key.stage().name());
      out.writeLong(key.state().since().getEpochSecond());
      out.writeLong(key.made().getEpochSecond());
      out.writeUTF(key.key().map(DkimKey::toPem).orElse(""));
      out.writeBoolean(key.told());
      out.writeBoolean(key.shown());
      out.writeBoolean(key.replace());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes all there is: a key has 2 KiB
    }
    return octets.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException on anything else: our rows hold nothing else
   */
  static DomainKey read(byte[] row) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("a row of keys of version " + version);
      }
      String selector = in.readUTF();
      Algorithm algorithm = Algorithm.of(in.readUTF()).orElseThrow();
      Stage stage = Stage.valueOf(in.readUTF());
      KeyState state =
          new KeyState(selector, algorithm, stage, Instant.ofEpochSecond(in.readLong()));
      Instant made = Instant.ofEpochSecond(in.readLong());
      String pem = in.readUTF();
      return new DomainKey(
          state, made, secret(pem), in.readBoolean(), in.readBoolean(), in.readBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException("a row of keys that ends too early", e);
    }
  }

  private static Optional<DkimKey> secret(String pem) {
    try {
      return pem.isEmpty() ? Optional.empty() : Optional.of(DkimKey.fromPem(pem));
    } catch (KeySyntaxException e) {
      throw new IllegalStateException("a row of keys without a key: " + e.getMessage(), e);
    }
  }
}
