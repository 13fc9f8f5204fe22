package org.thurn.tls.tlsrpt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** {@code application/tlsrpt+gzip}, RFC 8460 §6.4, and back. */
public final class ReportGzip {
  /**
   * Octets of a report, unpacked. What a few octets unpack to has no end, and a report of the
   * largest senders about one domain's day has some hundred kilobytes.
   */
  public static final int MAX_OCTETS = 10 << 20;

  private ReportGzip() {}

  /** Packs. */
  public static byte[] pack(byte[] json) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return packed.toByteArray();
  }

  /**
   * Unpacks; what is not packed stays as it is, since types and file names often lie.
   *
   * @throws TlsReportException if it is damaged, or larger than {@link #MAX_OCTETS}
   */
  public static byte[] unpack(byte[] octets) throws TlsReportException {
    boolean packed = octets.length >= 2 && octets[0] == 0x1f && (octets[1] & 0xff) == 0x8b;
    byte[] json = packed ? unpacked(octets) : octets;
    if (json.length > MAX_OCTETS) {
      throw new TlsReportException("it is larger than " + MAX_OCTETS + " octets");
    }
    return json;
  }

  private static byte[] unpacked(byte[] octets) throws TlsReportException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(octets))) {
      return gzip.readNBytes(MAX_OCTETS + 1);
    } catch (IOException e) {
      throw new TlsReportException("its gzip is damaged: " + e.getMessage(), e);
    }
  }
}
