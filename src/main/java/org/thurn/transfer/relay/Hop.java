package org.thurn.transfer.relay;

import java.util.Optional;
import org.thurn.name.Host;

/**
 * A host to try.
 *
 * @param preference of its MX record, 0 where there is none
 */
record Hop(Host host, int preference, int port, TlsUse tls, Optional<Credentials> credentials) {}
