/**
 * Domains, accounts, aliases and who may do what: {@code Directory} is kept in the store, one
 * partition a domain, and changed by command while the server runs. RFC 2142 (role addresses), RFC
 * 5233 (plus-addressing).
 */
@NullMarked
package org.thurn.directory;

import org.jspecify.annotations.NullMarked;
