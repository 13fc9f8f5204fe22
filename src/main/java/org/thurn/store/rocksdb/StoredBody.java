package org.thurn.store.rocksdb;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.thurn.store.Body;
import org.thurn.store.BodyId;
import org.thurn.store.StoreException;

/** A body that a commit named. */
record StoredBody(BodyId id, BodyHead head, Lookup lookup, Spool spool) implements Body {
  @Override
  public long size() {
    return head.size();
  }

  @Override
  public String sha256() {
    return head.sha256();
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("from " + offset + ", " + length + " octets");
    }
    if (head.spooled()) {
      return FileRange.open(spool.file(id), offset, length);
    }
    try {
      byte[] octets =
          lookup
              .get(Family.BODIES, Keys.octets(id))
              .orElseThrow(() -> new FileNotFoundException("collected: " + id.text()));
      return StagedBody.range(octets, offset, length);
    } catch (StoreException e) {
      throw new IOException("the body could not be read", e);
    }
  }
}
