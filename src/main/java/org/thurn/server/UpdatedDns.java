package org.thurn.server;

import java.io.IOException;
import java.util.List;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.Updater;
import org.thurn.tls.acme.RecordPublisher;
import org.thurn.transfer.signing.KeyPublisher;

/** Publishes keys and what certificates need by dynamic updates. */
record UpdatedDns(Updater updater) implements KeyPublisher, RecordPublisher {
  /** Seconds. What proves something to somebody who looks now is of no use in a minute. */
  private static final long SHORT_TTL = 60;

  @Override
  public void publish(DnsName name, List<String> strings) throws IOException {
    updater.replaceText(name, strings);
  }

  @Override
  public void remove(DnsName name) throws IOException {
    updater.removeText(name);
  }

  @Override
  public void publishText(DnsName name, String text) throws IOException {
    updater.replaceText(name, List.of(text), SHORT_TTL);
  }

  @Override
  public void removeText(DnsName name) throws IOException {
    updater.removeText(name);
  }

  @Override
  public void publishTlsa(DnsName name, List<RecordData.Tlsa> records) throws IOException {
    updater.replaceTlsa(name, records);
  }
}
