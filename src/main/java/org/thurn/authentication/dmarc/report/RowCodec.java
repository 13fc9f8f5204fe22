package org.thurn.authentication.dmarc.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurn.authentication.dmarc.AlignmentMode;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.DiscoveryMethod;
import org.thurn.authentication.dmarc.Policy;

/**
 * Subjects and rows as octets, for a store: the same value is always the same octets, so that they
 * may be keys. They begin with the format's number.
 */
public final class RowCodec {
  private static final int FORMAT = 1;

  /** Of anything in a list; what a damaged row says is not believed. */
  private static final int MAX_ITEMS = 1_000;

  /** How one value is written. */
  @FunctionalInterface
  private interface Writing<T> {
    void write(T value, DataOutputStream out) throws IOException;
  }

  /** How one value is read. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(DataInputStream in) throws IOException;
  }

  private RowCodec() {}

  public static byte[] encode(ReportSubject subject) {
    return octets(subject, RowCodec::write);
  }

  public static byte[] encode(ReportRow row) {
    return octets(row, RowCodec::write);
  }

  /**
   * Reads a subject.
   *
   * @throws IOException if the octets are damaged
   */
  public static ReportSubject subject(byte[] octets) throws IOException {
    return value(octets, RowCodec::readSubject);
  }

  /**
   * Reads a row.
   *
   * @throws IOException if the octets are damaged
   */
  public static ReportRow row(byte[] octets) throws IOException {
    return value(octets, RowCodec::readRow);
  }

  private static <T> byte[] octets(T value, Writing<T> writing) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      out.writeByte(FORMAT);
      writing.write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return octets.toByteArray();
  }

  private static <T> T value(byte[] octets, Reading<T> reading) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IOException("a row of format " + format);
      }
      T value = reading.read(in);
      if (in.read() >= 0) {
        throw new IOException("a row has octets behind its end");
      }
      return value;
    } catch (IllegalArgumentException e) {
      throw new IOException("a row holds what cannot be: " + e.getMessage(), e);
    }
  }

  private static void write(ReportSubject subject, DataOutputStream out) throws IOException {
    PublishedPolicy policy = subject.policy();
    out.writeUTF(policy.domain());
    optional(policy.method(), out, RowCodec::name);
    name(policy.policy(), out);
    optional(policy.subdomains(), out, RowCodec::name);
    optional(policy.nonExistent(), out, RowCodec::name);
    optional(policy.dkimMode(), out, RowCodec::name);
    optional(policy.spfMode(), out, RowCodec::name);
    out.writeUTF(policy.failureOptions());
    optional(policy.testing(), out, (testing, o) -> o.writeBoolean(testing));
    out.writeByte(policy.percentage().orElse(-1));
    list(subject.destinations(), out, (uri, o) -> o.writeUTF(uri));
    list(subject.errors(), out, (error, o) -> o.writeUTF(error));
  }

  private static ReportSubject readSubject(DataInputStream in) throws IOException {
    String domain = in.readUTF();
    Optional<DiscoveryMethod> method = optional(in, i -> of(i, DiscoveryMethod.class));
    Policy policy = of(in, Policy.class);
    Optional<Policy> subdomains = optional(in, i -> of(i, Policy.class));
    Optional<Policy> nonExistent = optional(in, i -> of(i, Policy.class));
    Optional<AlignmentMode> dkim = optional(in, i -> of(i, AlignmentMode.class));
    Optional<AlignmentMode> spf = optional(in, i -> of(i, AlignmentMode.class));
    String options = in.readUTF();
    Optional<Boolean> testing = optional(in, DataInputStream::readBoolean);
    int percentage = in.readByte();
    PublishedPolicy published =
        new PublishedPolicy(
            domain,
            method,
            policy,
            subdomains,
            nonExistent,
            dkim,
            spf,
            options,
            testing,
            percentage < 0 ? OptionalInt.empty() : OptionalInt.of(percentage));
    return new ReportSubject(published, list(in, RowCodec::text), list(in, RowCodec::text));
  }

  private static void write(ReportRow row, DataOutputStream out) throws IOException {
    out.writeUTF(row.source());
    name(row.disposition(), out);
    out.writeBoolean(row.dkimAligned());
    out.writeBoolean(row.spfAligned());
    list(
        row.reasons(),
        out,
        (reason, o) -> {
          o.writeUTF(reason.type());
          o.writeUTF(reason.comment());
        });
    out.writeUTF(row.headerFrom());
    optional(row.envelopeFrom(), out, (domain, o) -> o.writeUTF(domain));
    optional(row.envelopeTo(), out, (domain, o) -> o.writeUTF(domain));
    list(row.dkim(), out, (dkim, o) -> result(dkim, dkim.selector(), o));
    list(row.spf(), out, (spf, o) -> result(spf, spf.scope(), o));
  }

  private static void result(AuthResult result, String detail, DataOutputStream out)
      throws IOException {
    out.writeUTF(result.domain());
    out.writeUTF(detail);
    name(result.code(), out);
    out.writeUTF(result.explanation());
  }

  private static ReportRow readRow(DataInputStream in) throws IOException {
    return new ReportRow(
        in.readUTF(),
        of(in, ReportedDisposition.class),
        in.readBoolean(),
        in.readBoolean(),
        list(in, i -> new ReportReason(i.readUTF(), i.readUTF())),
        in.readUTF(),
        optional(in, RowCodec::text),
        optional(in, RowCodec::text),
        list(
            in,
            i ->
                new AuthResult.Dkim(
                    i.readUTF(), i.readUTF(), of(i, AuthenticationCode.class), i.readUTF())),
        list(
            in,
            i ->
                new AuthResult.Spf(
                    i.readUTF(), i.readUTF(), of(i, AuthenticationCode.class), i.readUTF())));
  }

  private static void name(Enum<?> value, DataOutputStream out) throws IOException {
    out.writeUTF(value.name());
  }

  private static String text(DataInputStream in) throws IOException {
    return in.readUTF();
  }

  private static <E extends Enum<E>> E of(DataInputStream in, Class<E> type) throws IOException {
    return Enum.valueOf(type, in.readUTF());
  }

  private static <T> void optional(Optional<T> value, DataOutputStream out, Writing<T> writing)
      throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      writing.write(value.get(), out);
    }
  }

  private static <T> Optional<T> optional(DataInputStream in, Reading<T> reading)
      throws IOException {
    return in.readBoolean() ? Optional.of(reading.read(in)) : Optional.empty();
  }

  private static <T> void list(List<T> values, DataOutputStream out, Writing<T> writing)
      throws IOException {
    out.writeShort(values.size());
    for (T value : values) {
      writing.write(value, out);
    }
  }

  private static <T> List<T> list(DataInputStream in, Reading<T> reading) throws IOException {
    int size = in.readUnsignedShort();
    if (size > MAX_ITEMS) {
      throw new IOException("a row with a list of " + size);
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(reading.read(in));
    }
    return values;
  }
}
