/**
 * When a domain's keys for signing mail change, so that no signature is made before its key can be
 * found and no key goes while mail that it signed is on its way.
 *
 * <p>{@link org.thurn.authentication.dkim.rotation.Rotation} is given the keys as they are, as
 * {@link org.thurn.authentication.dkim.rotation.KeyState}, and says which {@link
 * org.thurn.authentication.dkim.rotation.Step} is due. It stores nothing and asks nobody; whoever
 * carries out a step keeps the new state. RFC 6376 §3.1, RFC 5863 §3.
 */
@NullMarked
package org.thurn.authentication.dkim.rotation;

import org.jspecify.annotations.NullMarked;
