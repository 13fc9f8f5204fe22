package org.thurn.dns;

/**
 * Asks the DNS. Blocks the calling (virtual) thread; never throws for what the network does: every
 * outcome is an {@link Answer}. CNAMEs are followed. Implementations are safe for many threads.
 */
public interface Resolver {
  Answer ask(DnsName name, RecordType type);
}
