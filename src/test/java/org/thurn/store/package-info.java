/** The contract of the store as tests, for every engine. */
@NullMarked
package org.thurn.store;

import org.jspecify.annotations.NullMarked;
