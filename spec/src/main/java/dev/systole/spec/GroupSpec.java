package dev.systole.spec;

import java.util.List;

/**
 * Members that repeat: those of element {@code i} lie {@code startBit + i * sizeBits} further on
 * than they say.
 *
 * @param count how often; 0: until the command ends
 */
public record GroupSpec(int startBit, int sizeBits, int count, List<Member> members)
    implements Member {
  public GroupSpec {
    members = List.copyOf(members);
  }
}
