package dev.systole.gpu.command;

import static dev.systole.spec.gen12.StateCommands.*;

/** How vertices make primitives. */
final class Topology {
  private Topology() {}

  /** How many primitives the vertices of an instance make; strips need some to begin. */
  static long primitives(int topology, long vertices) {
    return switch (topology) {
      case PRIMITIVE_TOPOLOGY_POINTLIST, PRIMITIVE_TOPOLOGY_POINTLIST_BF -> vertices;
      case PRIMITIVE_TOPOLOGY_LINELIST -> vertices / 2;
      case PRIMITIVE_TOPOLOGY_LINESTRIP,
          PRIMITIVE_TOPOLOGY_LINESTRIP_BF,
          PRIMITIVE_TOPOLOGY_LINESTRIP_CONT,
          PRIMITIVE_TOPOLOGY_LINESTRIP_CONT_BF ->
          behind(1, vertices);
      case PRIMITIVE_TOPOLOGY_LINELOOP -> vertices > 1 ? vertices : 0;
      case PRIMITIVE_TOPOLOGY_TRILIST, PRIMITIVE_TOPOLOGY_RECTLIST -> vertices / 3;
      case PRIMITIVE_TOPOLOGY_QUADLIST, PRIMITIVE_TOPOLOGY_LINELIST_ADJ -> vertices / 4;
      case PRIMITIVE_TOPOLOGY_QUADSTRIP -> behind(2, vertices) / 2;
      case PRIMITIVE_TOPOLOGY_LINESTRIP_ADJ -> behind(3, vertices);
      case PRIMITIVE_TOPOLOGY_TRILIST_ADJ -> vertices / 6;
      case PRIMITIVE_TOPOLOGY_TRISTRIP_ADJ -> behind(4, vertices) / 2;
      case PRIMITIVE_TOPOLOGY_TRISTRIP,
          PRIMITIVE_TOPOLOGY_TRISTRIP_REVERSE,
          PRIMITIVE_TOPOLOGY_TRIFAN,
          PRIMITIVE_TOPOLOGY_TRIFAN_NOSTIPPLE,
          PRIMITIVE_TOPOLOGY_POLYGON ->
          behind(2, vertices);
      default -> topology >= PRIMITIVE_TOPOLOGY_PATCHLIST_1 ? patches(topology, vertices) : 0;
    };
  }

  private static long behind(int first, long vertices) {
    return Math.max(vertices - first, 0);
  }

  private static long patches(int topology, long vertices) {
    return vertices / (topology - PRIMITIVE_TOPOLOGY_PATCHLIST_1 + 1);
  }
}
