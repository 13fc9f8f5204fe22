/** What tests of several rooms share; {@link org.thurn.testing.MemoryStore} is a store. */
@NullMarked
package org.thurn.testing;

import org.jspecify.annotations.NullMarked;
