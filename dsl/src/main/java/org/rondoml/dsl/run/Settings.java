package org.rondoml.dsl.run;

import java.nio.file.Path;

/**
 * What the one who runs a model decides, not the model file.
 *
 * @param threads how many threads compute
 * @param directory what relative paths of the model file are relative to
 */
public record Settings(int threads, Path directory) {}
