package org.thurn.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Where trust begins: sets of DS or DNSKEY records, of the root as a rule (RFC 4033 §2).
 *
 * @param sets one per owner name and type
 */
record TrustAnchors(List<RRset> sets) {
  private static final long MAX_FILE = 1 << 20;

  TrustAnchors {
    sets = List.copyOf(sets);
  }

  static TrustAnchors none() {
    return new TrustAnchors(List.of());
  }

  /** Reads a file in master-file form; one without any anchor is an error, not "trust nobody". */
  static TrustAnchors read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw new IOException(file + " is too large for trust anchors");
    }
    Map<List<Object>, RRset> sets = new LinkedHashMap<>();
    try (Master master =
        new Master(new ByteArrayInputStream(Files.readAllBytes(file)), Name.root, 3600)) {
      master.disableIncludes();
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        if (next.getType() != Type.DS && next.getType() != Type.DNSKEY) {
          throw new IOException(file + " holds a " + Type.string(next.getType()) + " record");
        }
        sets.computeIfAbsent(List.of(next.getName(), next.getType()), key -> new RRset())
            .addRR(next);
      }
    }
    if (sets.isEmpty()) {
      throw new IOException(file + " holds no DS or DNSKEY record");
    }
    return new TrustAnchors(List.copyOf(sets.values()));
  }

  boolean isEmpty() {
    return sets.isEmpty();
  }
}
