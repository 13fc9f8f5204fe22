/** The lab in this process, and in one of its own. */
@NullMarked
package org.thurn.lab;

import org.jspecify.annotations.NullMarked;
