/**
 * The folder that a training writes: {@link org.rondoml.dsl.runfolder.RunFolder}. Every file but
 * the log is written whole or not at all, so a kill at any moment leaves the last good state.
 */
@NullMarked
package org.rondoml.dsl.runfolder;

import org.jspecify.annotations.NullMarked;
