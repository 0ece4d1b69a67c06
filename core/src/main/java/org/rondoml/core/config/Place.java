package org.rondoml.core.config;

/**
 * Where something stands: the point in the file, and the path through the document.
 *
 * @param location the point in the file
 * @param path the path, {@code model.layers[1].LSTM.units}; empty for the document itself
 */
public record Place(Location location, String path) {
  /** The start of a document. */
  public static Place root(Location location) {
    return new Place(location, "");
  }

  /** A key below this place. */
  public Place key(String key, Location at) {
    return new Place(at, path.isEmpty() ? key : path + "." + key);
  }

  /** A key of this place that the document leaves out, so that only its parent can be shown. */
  public Place absent(String key) {
    return key(key, location);
  }

  /** An item of the list at this place. */
  public Place item(int index, Location at) {
    return new Place(at, path + "[" + index + "]");
  }
}
