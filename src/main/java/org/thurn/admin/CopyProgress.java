package org.thurn.admin;

import java.util.Locale;
import java.util.function.LongConsumer;

/** Counts what a backup has copied. */
final class CopyProgress implements LongConsumer {
  private final Progress progress;
  private long files;
  private long octets;

  CopyProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void accept(long more) {
    files++;
    octets += more;
    progress.tell(this::words);
  }

  String words() {
    double megabytes = octets / 1e6;
    return String.format(
        Locale.ROOT,
        "%,d files of the store, %,.1f MB, %,.0f MB a second",
        files,
        megabytes,
        megabytes / progress.seconds());
  }
}
