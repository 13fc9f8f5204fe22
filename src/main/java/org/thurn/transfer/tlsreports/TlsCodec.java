package org.thurn.transfer.tlsreports;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.thurn.store.Partition;
import org.thurn.store.RowOctets;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyType;
import org.thurn.tls.tlsrpt.ReportedPolicy;

/** Policies and failures as rows have them. */
final class TlsCodec {
  static final String KIND = "tls-counted";
  static final Partition PARTITION = new Partition(KIND, "all");

  private TlsCodec() {}

  static byte[] of(ReportedPolicy policy) {
    return RowOctets.value(
        out -> {
          out.writeUTF(policy.type().word());
          out.writeUTF(policy.domain());
          RowOctets.texts(policy.strings(), out);
          RowOctets.texts(policy.mxHosts(), out);
        });
  }

  static ReportedPolicy policy(byte[] octets) {
    return RowOctets.read(
        octets,
        in -> {
          String type = in.readUTF();
          String domain = in.readUTF();
          return new ReportedPolicy(
              PolicyType.of(type).orElseThrow(() -> new IOException("no type: " + type)),
              RowOctets.texts(in),
              domain,
              RowOctets.texts(in));
        });
  }

  /** A success is an empty failure. */
  static byte[] of(Optional<FailureDetails> failure) {
    return RowOctets.value(
        out -> {
          out.writeBoolean(failure.isPresent());
          if (failure.isPresent()) {
            write(failure.get(), out);
          }
        });
  }

  private static void write(FailureDetails details, DataOutputStream out) throws IOException {
    out.writeUTF(details.resultType());
    text(details.sendingAddress(), out);
    text(details.receivingHost(), out);
    text(details.receivingHelo(), out);
    text(details.receivingAddress(), out);
    text(details.additionalInformation(), out);
    text(details.reasonCode(), out);
  }

  /** Of as many sessions. */
  static Optional<FailureDetails> failure(byte[] octets, long sessions) {
    return RowOctets.read(
        octets, in -> in.readBoolean() ? Optional.of(details(in, sessions)) : Optional.empty());
  }

  private static FailureDetails details(DataInputStream in, long sessions) throws IOException {
    String type = in.readUTF();
    Optional<String> from = text(in);
    Optional<String> host = text(in);
    Optional<String> helo = text(in);
    Optional<String> to = text(in);
    return new FailureDetails(type, from, host, helo, to, sessions, text(in), text(in));
  }

  private static void text(Optional<String> text, DataOutputStream out) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      out.writeUTF(text.get());
    }
  }

  private static Optional<String> text(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
  }
}
