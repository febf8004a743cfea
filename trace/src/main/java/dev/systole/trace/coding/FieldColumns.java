package dev.systole.trace.coding;

import dev.systole.trace.coding.Layout.Column;
import java.util.List;

/** The growing columns of one list of fields. */
public final class FieldColumns {
  private final Layout layout;
  private final IntColumn[] ints;
  private final ByteColumn[] raw;
  private boolean used;

  public FieldColumns(Layout layout) {
    this.layout = layout;
    List<Column> columns = layout.columns();
    ints = new IntColumn[columns.size()];
    raw = new ByteColumn[columns.size()];
    for (int i = 0; i < ints.length; i++) {
      Column column = columns.get(i);
      if (column.raw()) raw[i] = new ByteColumn();
      else if (column.context() < 0) ints[i] = IntColumn.plain();
      else if (column.context() == i) ints[i] = IntColumn.bySelf();
      else ints[i] = IntColumn.by(ints[column.context()]);
    }
  }

  public Layout layout() {
    return layout;
  }

  /** Says that an event with these fields is appended. */
  public void use() {
    used = true;
  }

  /** Whether the chunk holds an event with these fields. */
  public boolean used() {
    return used;
  }

  public IntColumn ints(int column) {
    return ints[column];
  }

  public ByteColumn raw(int column) {
    return raw[column];
  }

  public int count() {
    return ints.length;
  }

  public byte[] bytes(int column) {
    return raw[column] == null ? ints[column].bytes() : raw[column].bytes();
  }

  public int length(int column) {
    return raw[column] == null ? ints[column].length() : raw[column].length();
  }

  /** Empties all columns. */
  public void reset() {
    if (!used) return;
    used = false;
    for (IntColumn column : ints) if (column != null) column.reset();
    for (ByteColumn column : raw) if (column != null) column.reset();
  }
}
