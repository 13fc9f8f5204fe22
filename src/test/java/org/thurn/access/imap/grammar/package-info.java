/** The grammar of IMAP by tables and by garbage. */
@NullMarked
package org.thurn.access.imap.grammar;

import org.jspecify.annotations.NullMarked;
