package dev.systole.driver.umd;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.door.KmtHandle;

/** Mapped memory of any length; an access is cut at page boundaries, as the door wants it. */
record MappedMemory(AppDoor door, KmtHandle.Mapping mapping) {
  private static final int PAGE_BYTES = 4096;

  int read32(long offsetBytes) {
    return door.read32(mapping, offsetBytes);
  }

  void write32(long offsetBytes, int value) {
    door.write32(mapping, offsetBytes, value);
  }

  void read(long offsetBytes, byte[] target) {
    for (int done = 0; done < target.length; ) {
      int bytes = Math.min(target.length - done, roomInPage(offsetBytes + done));
      door.read(mapping, offsetBytes + done, target, done, bytes);
      done += bytes;
    }
  }

  void write(long offsetBytes, byte[] source, int lengthBytes) {
    for (int done = 0; done < lengthBytes; ) {
      int bytes = Math.min(lengthBytes - done, roomInPage(offsetBytes + done));
      door.write(mapping, offsetBytes + done, source, done, bytes);
      done += bytes;
    }
  }

  private static int roomInPage(long offsetBytes) {
    return PAGE_BYTES - (int) (offsetBytes % PAGE_BYTES);
  }
}
