/** IMAP by transcript, by table, by garbage and by clients that we did not write. */
@NullMarked
package org.thurn.access.imap;

import org.jspecify.annotations.NullMarked;
