package dev.systole.driver.umd;

/**
 * A linear picture of 32-bit pixels in a buffer.
 *
 * @param pitchBytes from one row to the next
 */
public record Surface(GpuBuffer buffer, int width, int height, int pitchBytes) {
  private static final int PIXEL_BYTES = 4;
  private static final int PITCH_ALIGNMENT_BYTES = 64;

  /** A zeroed picture. */
  public static Surface create(UserModeDevice device, int width, int height) {
    int pitchBytes = pitch(width);
    return new Surface(device.createBuffer((long) pitchBytes * height), width, height, pitchBytes);
  }

  /** Bytes of a row, with the padding behind it. */
  public static int pitch(int width) {
    return -(-width * PIXEL_BYTES & -PITCH_ALIGNMENT_BYTES);
  }

  /** Reads a pixel through the mapping. */
  public int pixel(int x, int y) {
    return buffer.read32((long) y * pitchBytes + (long) x * PIXEL_BYTES);
  }

  long gpuAddress() {
    return buffer.gpuAddress();
  }
}
