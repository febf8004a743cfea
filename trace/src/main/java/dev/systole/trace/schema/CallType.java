package dev.systole.trace.schema;

import java.util.List;

/**
 * A call that passes a door.
 *
 * @param id not negative, unique in its schema
 * @param name as its documentation writes it
 * @param in what is handed over when it is entered
 * @param out what comes back when it is left
 */
public record CallType(int id, Door door, String name, List<Field> in, List<Field> out) {

  public CallType {
    if (id < 0) throw new IllegalArgumentException("call " + name + " has the id " + id);
    in = Field.checked(in);
    out = Field.checked(out);
  }
}
