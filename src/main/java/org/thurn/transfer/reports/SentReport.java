package org.thurn.transfer.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.thurn.store.RowOctets;

/**
 * What became of the reports to one domain about one day.
 *
 * @param domain where the policy stands
 * @param day of UTC
 * @param at when they were queued
 * @param reports how many: one for each policy that the domain had that day
 * @param messages of which they tell, or sessions
 * @param to to whom
 * @param refused to whom not, and why
 */
public record SentReport(
    String domain,
    LocalDate day,
    Instant at,
    int reports,
    long messages,
    List<String> to,
    List<String> refused) {
  public SentReport {
    to = List.copyOf(to);
    refused = List.copyOf(refused);
  }

  /** The same, of which something else became. */
  public SentReport with(List<String> nowTo, List<String> nowRefused) {
    return new SentReport(domain, day, at, reports, messages, nowTo, nowRefused);
  }

  /** As a row. */
  byte[] octets() {
    return RowOctets.value(
        out -> {
          out.writeUTF(domain);
          out.writeLong(day.toEpochDay());
          out.writeLong(at.getEpochSecond());
          out.writeInt(reports);
          out.writeLong(messages);
          RowOctets.texts(to, out);
          RowOctets.texts(refused, out);
        });
  }

  static SentReport of(byte[] row) {
    return RowOctets.read(
        row,
        in ->
            new SentReport(
                in.readUTF(),
                LocalDate.ofEpochDay(in.readLong()),
                Instant.ofEpochSecond(in.readLong()),
                in.readInt(),
                in.readLong(),
                RowOctets.texts(in),
                RowOctets.texts(in)));
  }
}
