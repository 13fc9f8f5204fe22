/**
 * Domains, accounts, aliases and who may do what. Each domain is one partition of the store, read
 * into memory at the start and again after each change, so that every question is answered from
 * memory: {@link org.thurn.directory.Directory} is what other rooms ask. {@link
 * org.thurn.directory.DirectoryChanges} is what administrators do, by command, while the server
 * runs. Local parts are compared without case.
 *
 * <p>RFC 2142 and RFC 5321 §4.5.1 (role addresses), RFC 5233 (plus-addressing), RFC 9106 (Argon2).
 * Start at {@link org.thurn.directory.StoreDirectory}.
 */
@NullMarked
package org.thurn.directory;

import org.jspecify.annotations.NullMarked;
