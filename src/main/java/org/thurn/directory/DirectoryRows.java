package org.thurn.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.sasl.ScramKeys;
import org.thurn.store.Partition;

/**
 * The rows of a domain's partition: {@code d} its settings, {@code a/LOCAL} an account, {@code
 * l/LOCAL} an alias. Each begins with the version of its form.
 */
final class DirectoryRows {
  static final String KIND = "domain";
  static final byte[] SETTINGS = {'d'};
  static final byte[] ACCOUNTS = {'a', '/'};
  static final byte[] ACCOUNTS_END = {'a', '0'};
  static final byte[] ALIASES = {'l', '/'};
  static final byte[] ALIASES_END = {'l', '0'};

  private static final int VERSION = 1;

  private DirectoryRows() {}

  static Partition partition(Domain domain) {
    return new Partition(KIND, domain.ascii());
  }

  static byte[] accountKey(LocalPart folded) {
    return ("a/" + folded.value()).getBytes(UTF_8);
  }

  static byte[] aliasKey(LocalPart folded) {
    return ("l/" + folded.value()).getBytes(UTF_8);
  }

  static LocalPart local(byte[] key) {
    return new LocalPart(new String(key, 2, key.length - 2, UTF_8));
  }

  static byte[] write(DomainSettings settings) {
    return row(
        out -> {
          out.writeBoolean(settings.scram());
          out.writeBoolean(settings.plusAddressing());
          out.writeLong(settings.quota().orElse(-1));
          out.writeUTF(settings.administrator().map(Mailbox::toString).orElse(""));
          writeAll(out, settings.catchAll());
          writeInstant(out, settings.created());
        });
  }

  static DomainSettings settings(byte[] row) {
    return read(
        row,
        in ->
            new DomainSettings(
                in.readBoolean(),
                in.readBoolean(),
                limit(in.readLong()),
                Optional.of(in.readUTF()).filter(text -> !text.isEmpty()).map(Mailbox::of),
                readAll(in),
                readInstant(in)));
  }

  static byte[] write(StoredAccount stored) {
    return row(
        out -> {
          out.writeUTF(stored.account().address().toString());
          out.writeLong(stored.account().quota().orElse(-1));
          writeAll(out, stored.account().grants());
          writeInstant(out, stored.account().created());
          out.writeUTF(stored.passwordHash());
          out.writeBoolean(stored.scram().isPresent());
          if (stored.scram().isPresent()) {
            writeKeys(out, stored.scram().get());
          }
        });
  }

  static StoredAccount account(byte[] row) {
    return read(
        row,
        in -> {
          Mailbox address = Mailbox.of(in.readUTF());
          OptionalLong quota = limit(in.readLong());
          Set<Mailbox> grants = Set.copyOf(readAll(in));
          Account account = new Account(address, quota, grants, readInstant(in));
          String hash = in.readUTF();
          return new StoredAccount(
              account, hash, in.readBoolean() ? Optional.of(readKeys(in)) : Optional.empty());
        });
  }

  static byte[] write(Alias alias) {
    return row(
        out -> {
          out.writeUTF(alias.address().toString());
          writeAll(out, alias.targets());
        });
  }

  static Alias alias(byte[] row) {
    return read(row, in -> new Alias(Mailbox.of(in.readUTF()), readAll(in)));
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static byte[] row(Writing writing) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      out.writeByte(VERSION);
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a value past 64 KiB: the changes bound them
    }
    return octets.toByteArray();
  }

  private static <T> T read(byte[] row, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("a directory row of version " + version);
      }
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a directory row that ends too early", e);
    }
  }

  private static OptionalLong limit(long stored) {
    return stored < 0 ? OptionalLong.empty() : OptionalLong.of(stored);
  }

  private static void writeAll(DataOutputStream out, Iterable<Mailbox> addresses)
      throws IOException {
    List<String> texts = new ArrayList<>();
    addresses.forEach(address -> texts.add(address.toString()));
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static List<Mailbox> readAll(DataInputStream in) throws IOException {
    List<Mailbox> addresses = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      addresses.add(Mailbox.of(in.readUTF()));
    }
    return addresses;
  }

  private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static void writeKeys(DataOutputStream out, ScramKeys keys) throws IOException {
    out.writeInt(keys.iterations());
    for (byte[] octets : List.of(keys.salt(), keys.storedKey(), keys.serverKey())) {
      out.writeByte(octets.length);
      out.write(octets);
    }
  }

  private static ScramKeys readKeys(DataInputStream in) throws IOException {
    int iterations = in.readInt();
    byte[] salt = in.readNBytes(in.readUnsignedByte());
    byte[] storedKey = in.readNBytes(in.readUnsignedByte());
    return new ScramKeys(salt, iterations, storedKey, in.readNBytes(in.readUnsignedByte()));
  }
}
