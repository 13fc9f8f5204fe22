/** What the tests of IMAP and POP3 share: a server with the real store, and a client by lines. */
@NullMarked
package org.thurn.access;

import org.jspecify.annotations.NullMarked;
