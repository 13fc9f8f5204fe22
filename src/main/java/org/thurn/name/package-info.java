/**
 * The names of the mail world, parsed once at the edge and valid ever after: {@link
 * org.thurn.name.Domain}, {@link org.thurn.name.Mailbox}, {@link org.thurn.name.ReversePath} and
 * {@link org.thurn.name.ForwardPath}. Nothing above this package passes an address as a string.
 *
 * <p>RFC 5321 §4.1.2 (grammar), RFC 6531 (UTF-8 in paths), RFC 5890 and UTS 46 (internationalized
 * domains, through ICU4J). Start at {@link org.thurn.name.PathParser}.
 */
@NullMarked
package org.thurn.name;

import org.jspecify.annotations.NullMarked;
