package org.rondoml.datasets.csv;

import java.nio.charset.Charset;

/**
 * How a table is written as text.
 *
 * @param delimiter what stands between cells
 * @param quote what stands around a cell that holds delimiters or line ends
 * @param encoding the bytes of characters
 */
record CsvDialect(char delimiter, char quote, Charset encoding) {}
