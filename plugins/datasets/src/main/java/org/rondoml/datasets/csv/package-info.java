/**
 * Tables as text: the source {@code csv}.
 *
 * <p>The way of a file: {@link org.rondoml.datasets.TextFile} gives its characters, {@link
 * org.rondoml.datasets.csv.CsvRows} its rows, {@link org.rondoml.datasets.csv.TypeGuess} looks at
 * the first of them, a {@link org.rondoml.datasets.csv.Column} for each that is needed makes
 * numbers of cells and refuses what is none, and {@link org.rondoml.datasets.csv.SampleArrays} puts
 * the numbers into arrays; or, where rows are sequences, {@link
 * org.rondoml.datasets.csv.SequenceArrays} does, which knows from {@link
 * org.rondoml.datasets.csv.SequenceRows} which rows are together. {@link
 * org.rondoml.datasets.csv.Parts} divides either into training and validation.
 *
 * <p>What keys mean together stands with what they are about: {@link
 * org.rondoml.datasets.csv.NotationKeys}, {@link org.rondoml.datasets.csv.ColumnKeys}, {@link
 * org.rondoml.datasets.csv.WindowKeys}, {@link org.rondoml.datasets.csv.SequenceKeys}, {@link
 * org.rondoml.datasets.csv.SplitKeys}.
 */
@NullMarked
package org.rondoml.datasets.csv;

import org.jspecify.annotations.NullMarked;
