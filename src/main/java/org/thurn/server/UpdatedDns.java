package org.thurn.server;

import java.io.IOException;
import java.util.List;
import org.thurn.dns.DnsName;
import org.thurn.dns.Updater;
import org.thurn.transfer.signing.KeyPublisher;

/** Publishes keys by dynamic updates. */
record UpdatedDns(Updater updater) implements KeyPublisher {
  @Override
  public void publish(DnsName name, List<String> strings) throws IOException {
    updater.replaceText(name, strings);
  }

  @Override
  public void remove(DnsName name) throws IOException {
    updater.removeText(name);
  }
}
