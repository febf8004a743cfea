package dev.systole.spec;

import java.util.List;

/**
 * A structure in memory.
 *
 * @param lengthDwords 0 when it varies
 */
public record StructSpec(String name, int lengthDwords, List<Member> members) {
  public StructSpec {
    members = List.copyOf(members);
  }
}
