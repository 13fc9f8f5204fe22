package org.thurn.authentication.dmarc.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts messages in memory. What strangers can make it hold is limited: messages beyond are
 * counted as omitted, or not at all.
 */
public final class Aggregation implements ReportRows {
  /** Of one subject. A report of ten thousand rows has some 5 MB of XML and 300 KB packed. */
  public static final int MAX_ROWS = 10_000;

  /** Of all subjects together; at some 500 octets each a hundred megabytes. */
  public static final int MAX_ALL_ROWS = 200_000;

  private static final class Counting {
    private final Map<ReportRow, Long> rows = new LinkedHashMap<>();
    private long omitted;
  }

  private final Map<ReportSubject, Counting> subjects = new LinkedHashMap<>();
  private long rows;

  /** Messages of subjects that there was no room for. */
  private long lost;

  @Override
  public synchronized void add(ReportSubject subject, ReportRow row, long messages) {
    Counting counting = subjects.get(subject);
    if (counting == null) {
      if (rows >= MAX_ALL_ROWS) {
        lost += messages;
        return;
      }
      counting = new Counting();
      subjects.put(subject, counting);
    }
    boolean room = counting.rows.size() < MAX_ROWS && rows < MAX_ALL_ROWS;
    if (!room && !counting.rows.containsKey(row)) {
      counting.omitted += messages;
      return;
    }
    int before = counting.rows.size();
    counting.rows.merge(row, messages, Math::addExact);
    rows += counting.rows.size() - before;
  }

  /** Adds what another has counted, which keeps it. */
  public void merge(Aggregation other) {
    for (Counted counted : other.all()) {
      counted.records().forEach(r -> add(counted.subject(), r.row(), r.count()));
      omit(counted.subject(), counted.omitted());
    }
    synchronized (this) {
      lost += other.lost();
    }
  }

  private synchronized void omit(ReportSubject subject, long messages) {
    Counting counting = subjects.get(subject);
    if (counting == null) {
      lost += messages;
    } else {
      counting.omitted += messages;
    }
  }

  /** Messages that no report will tell of, since there were too many subjects. */
  public synchronized long lost() {
    return lost;
  }

  private synchronized List<Counted> all() {
    return subjects.entrySet().stream().map(e -> counted(e.getKey(), e.getValue())).toList();
  }

  @Override
  public synchronized Set<String> domains() {
    Set<String> domains = new TreeSet<>();
    subjects.keySet().forEach(s -> domains.add(s.policy().domain()));
    return domains;
  }

  @Override
  public synchronized List<Counted> take(String domain) {
    List<Counted> taken = new ArrayList<>();
    var entries = subjects.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<ReportSubject, Counting> entry = entries.next();
      if (entry.getKey().policy().domain().equals(domain)) {
        taken.add(counted(entry.getKey(), entry.getValue()));
        rows -= entry.getValue().rows.size();
        entries.remove();
      }
    }
    return taken;
  }

  private static Counted counted(ReportSubject subject, Counting counting) {
    List<ReportRecord> records =
        counting.rows.entrySet().stream()
            .map(e -> new ReportRecord(e.getKey(), e.getValue()))
            .toList();
    return new Counted(subject, records, counting.omitted);
  }
}
