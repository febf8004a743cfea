package dev.systole.driver.door;

/** An {@code NTSTATUS}; values as in ntstatus.h (wddm.md 0). */
public record NtStatus(int value) {
  public static final NtStatus SUCCESS = new NtStatus(0);

  /** Done in part: wait for the paging fence. A success. */
  public static final NtStatus PENDING = new NtStatus(0x103);

  public static final NtStatus INVALID_HANDLE = new NtStatus(0xc0000008);
  public static final NtStatus INVALID_PARAMETER = new NtStatus(0xc000000d);
  public static final NtStatus INVALID_DEVICE_REQUEST = new NtStatus(0xc0000010);
  public static final NtStatus NO_MEMORY = new NtStatus(0xc0000017);
  public static final NtStatus BUFFER_TOO_SMALL = new NtStatus(0xc0000023);
  public static final NtStatus REVISION_MISMATCH = new NtStatus(0xc0000059);
  public static final NtStatus NOT_SUPPORTED = new NtStatus(0xc00000bb);
  public static final NtStatus DEVICE_DOES_NOT_EXIST = new NtStatus(0xc00000c0);
  public static final NtStatus DEVICE_REMOVED = new NtStatus(0xc00002b6);
  public static final NtStatus DEVICE_HARDWARE_ERROR = new NtStatus(0xc0000483);
  public static final NtStatus GRAPHICS_INSUFFICIENT_DMA_BUFFER = new NtStatus(0xc01e0001);

  /** Whether it is no warning and no error. */
  public boolean succeeded() {
    return value >= 0;
  }

  /** The name without {@code STATUS_}, or the value where the name is not known. */
  public String name() {
    return switch (value) {
      case 0 -> "SUCCESS";
      case 0x102 -> "TIMEOUT";
      case 0x103 -> "PENDING";
      case 0xc0000001 -> "UNSUCCESSFUL";
      case 0xc0000008 -> "INVALID_HANDLE";
      case 0xc000000d -> "INVALID_PARAMETER";
      case 0xc0000010 -> "INVALID_DEVICE_REQUEST";
      case 0xc0000017 -> "NO_MEMORY";
      case 0xc0000023 -> "BUFFER_TOO_SMALL";
      case 0xc0000059 -> "REVISION_MISMATCH";
      case 0xc00000bb -> "NOT_SUPPORTED";
      case 0xc00000c0 -> "DEVICE_DOES_NOT_EXIST";
      case 0xc00002b6 -> "DEVICE_REMOVED";
      case 0xc0000483 -> "DEVICE_HARDWARE_ERROR";
      case 0xc01e0001 -> "GRAPHICS_INSUFFICIENT_DMA_BUFFER";
      case 0xc01e0009 -> "GRAPHICS_DRIVER_MISMATCH";
      default -> "0x%08x".formatted(value);
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
