package dev.systole.trace.coding;

import dev.systole.trace.coding.Layout.Column;
import java.util.List;

/** The columns of one list of fields as they stand in a chunk. */
public final class FieldColumnsReader {
  private final Layout layout;
  private final IntColumnReader[] ints;
  private final byte[][] raw;
  private final int[] rawPosition;

  /**
   * @throws BadContentException when there are not as many columns as the layout has
   */
  public FieldColumnsReader(Layout layout, List<byte[]> stored) throws BadContentException {
    this.layout = layout;
    List<Column> columns = layout.columns();
    if (columns.size() != stored.size())
      throw new BadContentException(stored.size() + " columns where " + columns.size() + " belong");
    ints = new IntColumnReader[columns.size()];
    raw = new byte[columns.size()][];
    rawPosition = new int[columns.size()];
    for (int i = 0; i < ints.length; i++) {
      Column column = columns.get(i);
      byte[] bytes = stored.get(i);
      if (column.raw()) raw[i] = bytes;
      else if (column.context() < 0) ints[i] = IntColumnReader.plain(bytes);
      else if (column.context() == i) ints[i] = IntColumnReader.bySelf(bytes);
      else ints[i] = IntColumnReader.by(bytes, ints[column.context()]);
    }
  }

  public Layout layout() {
    return layout;
  }

  public long nextInteger(int column) throws BadContentException {
    return ints[column].next();
  }

  /** Passes over that many bytes of a raw column and says where they begin in {@link #raw}. */
  public int nextRaw(int column, long length) throws BadContentException {
    int begin = rawPosition[column];
    if (length > raw[column].length - begin) throw new BadContentException("a column ends early");
    rawPosition[column] += (int) length;
    return begin;
  }

  public byte[] raw(int column) {
    return raw[column];
  }
}
