package org.thurn.transfer.signing;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;

/** TXT records that a publisher changes and a resolver shows. */
final class ZoneInMemory implements Resolver, KeyPublisher {
  final Map<DnsName, List<String>> texts = new HashMap<>();
  boolean silent;
  boolean refusing;

  @Override
  public void publish(DnsName name, List<String> strings) throws IOException {
    refuse();
    texts.put(name, strings);
  }

  @Override
  public void remove(DnsName name) throws IOException {
    refuse();
    texts.remove(name);
  }

  private void refuse() throws IOException {
    if (refusing) {
      throw new IOException("REFUSED");
    }
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    Optional<List<String>> found = Optional.ofNullable(texts.get(name));
    Answer.Status status =
        silent
            ? Answer.Status.TEMPORARY_FAILURE
            : found.isPresent() ? Answer.Status.FOUND : Answer.Status.NO_SUCH_NAME;
    List<RecordData> records =
        silent ? List.of() : found.stream().<RecordData>map(RecordData.Txt::new).toList();
    return new Answer(
        name,
        type,
        status,
        Security.INSECURE,
        name,
        records,
        Duration.ZERO,
        "memory",
        Duration.ZERO,
        "");
  }
}
