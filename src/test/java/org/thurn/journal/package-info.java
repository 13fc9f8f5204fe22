/** Tests of the journal and its renderings. */
@NullMarked
package org.thurn.journal;

import org.jspecify.annotations.NullMarked;
