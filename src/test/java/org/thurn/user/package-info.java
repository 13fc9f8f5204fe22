/** What a person sees of a mailbox. */
@NullMarked
package org.thurn.user;

import org.jspecify.annotations.NullMarked;
