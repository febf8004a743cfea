package dev.systole.driver.dxgk;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.dxgk.vidmm.AddressSpace;
import java.util.LinkedHashMap;
import java.util.Map;

/** An adapter as one process has opened it: its process object, address space and devices. */
final class OpenAdapter {
  private final Adapter adapter;
  private final KernelHandle.KmdProcess kmdProcess;
  private final AddressSpace space;
  private final Map<Long, Device> devices = new LinkedHashMap<>();

  OpenAdapter(Adapter adapter, KernelHandle.KmdProcess kmdProcess, AddressSpace space) {
    this.adapter = adapter;
    this.kmdProcess = kmdProcess;
    this.space = space;
  }

  Adapter adapter() {
    return adapter;
  }

  KernelHandle.KmdProcess kmdProcess() {
    return kmdProcess;
  }

  AddressSpace space() {
    return space;
  }

  /** Its devices by handle. */
  Map<Long, Device> devices() {
    return devices;
  }
}
