package org.thurn.transfer.relay;

import org.thurn.tls.policy.Requirement;

/**
 * On what terms a connection is used: none is shared by messages that demand different things.
 *
 * @param requireTls whether the host must offer REQUIRETLS behind TLS (RFC 8689 §4.2.1)
 */
record Terms(Requirement requirement, boolean requireTls) {}
