package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Finds the lines of a text one after the other. */
final class Lines implements Iterator<Line> {
  private final Bytes text;
  private int next;
  private int number;

  Lines(Bytes text) {
    this.text = text;
  }

  @Override
  public boolean hasNext() {
    return next < text.sizeBytes();
  }

  @Override
  public Line next() {
    if (!hasNext()) throw new NoSuchElementException();
    int start = next;
    int feed = start;
    while (feed < text.sizeBytes() && text.unsignedByte(feed) != '\n') feed++;
    boolean terminated = feed < text.sizeBytes();
    next = terminated ? feed + 1 : feed;
    int end = feed;
    while (end > start && text.unsignedByte(end - 1) == '\r') end--;
    int first = start;
    while (first < end && isBlank(text.unsignedByte(first))) first++;
    return new Line(++number, first, first - start, end, terminated);
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\t';
  }
}
