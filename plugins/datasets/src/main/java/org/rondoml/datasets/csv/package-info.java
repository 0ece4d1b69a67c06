/**
 * Tables as text: the source {@code csv}.
 *
 * <p>The way of a file: {@link org.rondoml.datasets.TextFile} gives its characters, {@link
 * org.rondoml.datasets.csv.CsvRows} its rows, {@link org.rondoml.datasets.csv.TypeGuess} looks at
 * the first of them, a {@link org.rondoml.datasets.csv.Column} for each that is needed makes
 * numbers of cells and refuses what is none, and {@link org.rondoml.datasets.csv.SampleArrays} puts
 * the numbers into arrays.
 */
@NullMarked
package org.rondoml.datasets.csv;

import org.jspecify.annotations.NullMarked;
