package org.rondoml.dsl.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rondoml.api.Shape;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.io.AtomicFile;

/**
 * A picture of a model as SVG, which browsers show: a box a layer, with its name, class, and the
 * shape it puts out, and a line for everything that flows from one to another. It is light or dark
 * as its reader likes it.
 */
public final class GraphPicture {
  private static final String MARK = "<!-- drawn by rondo check -->";

  /** No picture has as many bytes. */
  private static final long LARGEST = 1 << 24;

  private static final int MARGIN = 20;
  private static final int WIDTH = 230;
  private static final int HEIGHT = 62;
  private static final int ACROSS = 30;
  private static final int DOWN = 36;

  /** The longest text that fits in a box. */
  private static final int LETTERS = 30;

  private static final String STYLE =
      """
      <style>
      svg { background: #ffffff; font: 13px sans-serif; }
      rect { fill: #f3f5f8; stroke: #5b6b7f; }
      .input rect { fill: #e4f0e6; }
      .output rect { stroke-width: 2.5; }
      text { fill: #1c2430; text-anchor: middle; }
      .name { font-weight: bold; }
      .shape { fill: #5b6b7f; }
      .flow { fill: none; stroke: #5b6b7f; stroke-width: 1.3; marker-end: url(#arrow); }
      marker path { fill: #5b6b7f; }
      @media (prefers-color-scheme: dark) {
      svg { background: #14181f; }
      rect { fill: #222a35; stroke: #8b9bb0; }
      .input rect { fill: #20352a; }
      text { fill: #e6ebf2; }
      .shape { fill: #8b9bb0; }
      .flow { stroke: #8b9bb0; }
      marker path { fill: #8b9bb0; }
      }
      </style>
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"
      orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
      """;

  private final String name;
  private final Graph graph;
  private final GraphLayout layout;
  private final double middle;
  private final StringBuilder svg = new StringBuilder();
  private int detours;

  /**
   * A picture.
   *
   * @param name the model's name
   */
  public GraphPicture(String name, Graph graph) {
    this.name = name;
    this.graph = graph;
    this.layout = new GraphLayout(graph);
    this.middle = MARGIN + layout.widest() * (WIDTH + ACROSS) / 2.0;
  }

  /**
   * Writes the picture.
   *
   * @throws org.rondoml.api.UsageException where the file can't be written, or is there and not
   *     such a picture
   */
  public void writeTo(Path file) {
    AtomicFile.replace(
        file, "picture", GraphPicture::isPicture, path -> Files.writeString(path, text()));
  }

  private static boolean isPicture(Path file) {
    try {
      return Files.size(file) < LARGEST
          && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(MARK);
    } catch (IOException e) {
      return false; // not to be read: not ours
    }
  }

  /** The picture as text. */
  public String text() {
    svg.setLength(0);
    detours = 0;
    for (int step = 0; step < graph.steps().size(); step++) {
      for (Graph.Source source : graph.steps().get(step).sources()) {
        line(source.step(), step);
      }
    }
    for (int step = 0; step < graph.steps().size(); step++) {
      box(step);
    }
    double width = 2 * middle + detours * MARGIN;
    int height = 2 * MARGIN + layout.rows() * (HEIGHT + DOWN) - DOWN;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %d\" width=\"%.0f\">%n",
            width,
            height,
            width)
        + MARK
        + "\n<title>"
        + escaped(name)
        + "</title>\n"
        + STYLE
        + svg
        + "</svg>\n";
  }

  private double x(int step) {
    return middle + layout.column(step) * (WIDTH + ACROSS);
  }

  private int top(int step) {
    return MARGIN + layout.row(step) * (HEIGHT + DOWN);
  }

  private void box(int step) {
    Graph.Step layer = graph.steps().get(step);
    boolean isOutput = graph.outputs().stream().anyMatch(output -> output.step() == step);
    String kind = layer.isInput() ? "input" : isOutput ? "output" : "layer";
    String shapes =
        layer.outputShapes().stream().map(GraphPicture::shape).collect(Collectors.joining(", "));
    String type =
        layer.isOwner() ? layer.node().className() : layer.node().className() + ", called again";
    svg.append(
        String.format(
            Locale.ROOT,
            "<g class=\"%s\"><rect x=\"%.1f\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"7\"/>%n",
            kind,
            x(step) - WIDTH / 2.0,
            top(step),
            WIDTH,
            HEIGHT));
    text("name", step, 19, layer.node().name());
    text("class", step, 36, type);
    text("shape", step, 53, shapes);
    svg.append("</g>\n");
  }

  private void text(String kind, int step, int down, String text) {
    String shown = text.length() > LETTERS ? text.substring(0, LETTERS - 1) + "…" : text;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n",
            kind,
            x(step),
            top(step) + down,
            escaped(shown)));
  }

  /** A line; one that passes rows on its way goes round the boxes on the right. */
  private void line(int from, int to) {
    double x1 = x(from);
    double x2 = x(to);
    int y1 = top(from) + HEIGHT;
    int y2 = top(to);
    int bend = DOWN / 2;
    if (layout.row(to) == layout.row(from) + 1) {
      path("M%.1f %dC%.1f %d %.1f %d %.1f %d", x1, y1, x1, y1 + bend, x2, y2 - bend, x2, y2);
      return;
    }
    detours++;
    double side = 2 * middle - MARGIN + (detours - 1) * MARGIN;
    path(
        "M%.1f %dC%.1f %d %.1f %d %.1f %dV%dC%.1f %d %.1f %d %.1f %d",
        x1, y1, x1, y1 + bend, side, y1, side, y1 + bend, y2 - bend, side, y2, x2, y2 - bend, x2,
        y2);
  }

  private void path(String form, Object... numbers) {
    svg.append("<path class=\"flow\" d=\"")
        .append(String.format(Locale.ROOT, form, numbers))
        .append("\"/>\n");
  }

  private static String shape(Shape shape) {
    return shape.dimensions().stream()
        .map(d -> d == Shape.UNKNOWN ? "?" : d.toString())
        .collect(Collectors.joining(" × ", "(", ")"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
