/** POP3 by transcript, by table, by garbage and by clients that we did not write. */
@NullMarked
package org.thurn.access.pop3;

import org.jspecify.annotations.NullMarked;
