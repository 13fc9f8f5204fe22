/**
 * What a message's header tells of its way to those who can read it: {@link
 * org.thurn.authentication.explain.Travel} has its hops with their delays and whether they can be
 * believed, {@link org.thurn.authentication.explain.Scene} what of the envelope can be guessed, so
 * that {@code authentication.inbound} can check it once more.
 */
@NullMarked
package org.thurn.authentication.explain;

import org.jspecify.annotations.NullMarked;
