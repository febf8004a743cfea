package dev.systole.trace.coding;

import dev.systole.trace.coding.Layout.Node;
import java.util.Arrays;
import java.util.List;

/** A walk over the fields of one event in the order of the schema, structures dissolved. */
public final class Walk {
  private List<?>[] nodes = new List<?>[8];
  private int[] position = new int[8];
  private int[] remaining = new int[8];
  private int depth;

  /** Begins at the first field. */
  public void start(Layout layout) {
    depth = 0;
    push(layout.values(), 1);
  }

  /** The next field that takes or gives a value (never a structure), or null behind the last. */
  public Node next() {
    while (depth > 0) {
      int top = depth - 1;
      if (position[top] < nodes[top].size()) return (Node) nodes[top].get(position[top]++);
      if (--remaining[top] > 0) position[top] = 0;
      else depth--;
    }
    return null;
  }

  /** Walks the children of a list or an optional so many times before what follows it. */
  public void enter(Node node, int times) {
    if (times > 0) push(node.values(), times);
  }

  /** Walks the one alternative of a choice before what follows it. */
  public void enterAlternative(Node node, int place) {
    Node alternative = node.children().get(place);
    push(alternative.isStructure() ? alternative.values() : List.of(alternative), 1);
  }

  private void push(List<Node> list, int times) {
    if (depth == nodes.length) {
      nodes = Arrays.copyOf(nodes, depth * 2);
      position = Arrays.copyOf(position, depth * 2);
      remaining = Arrays.copyOf(remaining, depth * 2);
    }
    nodes[depth] = list;
    position[depth] = 0;
    remaining[depth++] = times;
  }
}
