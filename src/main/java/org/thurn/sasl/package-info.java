/**
 * Authentication exchanges: PLAIN (RFC 4616), LOGIN, SCRAM-SHA-256 and -PLUS (RFC 5802, 7677,
 * 9266), for both sides. Every protocol that logs people in uses {@link
 * org.thurn.sasl.SaslMechanisms}.
 */
@NullMarked
package org.thurn.sasl;

import org.jspecify.annotations.NullMarked;
