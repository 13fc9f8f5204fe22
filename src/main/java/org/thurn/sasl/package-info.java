/**
 * Authentication exchanges for both sides. Every protocol that logs people in asks {@link
 * org.thurn.sasl.SaslMechanisms} what to offer and starts an exchange there; it carries challenges
 * and responses (base64 is its own affair) until one of them is a success or a failure. Who may log
 * in is a {@link org.thurn.sasl.CredentialStore}'s to say; {@link org.thurn.sasl.FailedLogins}
 * counts how often somebody could not, and slows guessing. A smarthost is logged in at through
 * {@link org.thurn.sasl.SaslClients}.
 *
 * <p>RFC 4422 (SASL), RFC 4616 (PLAIN), RFC 5802 and RFC 7677 (SCRAM-SHA-256), RFC 9266 (channel
 * binding), RFC 8265 (passwords). Start at {@link org.thurn.sasl.SaslServers}.
 */
@NullMarked
package org.thurn.sasl;

import org.jspecify.annotations.NullMarked;
