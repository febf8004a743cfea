package dev.systole.driver.dxgk;

import dev.systole.driver.app.CloseAdapter;
import dev.systole.driver.app.OpenAdapterFromLuid;
import dev.systole.driver.app.QueryAdapterInfo;
import dev.systole.driver.ddi.AdapterInfoType;
import dev.systole.driver.ddi.CreateProcess;
import dev.systole.driver.ddi.DestroyProcess;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.HandleMaker;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidmm.AddressSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thunks about adapters. */
final class AdapterThunks {
  private final DxgProcess process;
  private final DeviceThunks devices;
  private final Map<Long, OpenAdapter> opened = new LinkedHashMap<>();

  AdapterThunks(DxgProcess process, DeviceThunks devices) {
    this.process = process;
    this.devices = devices;
  }

  OpenAdapterFromLuid.Return open(OpenAdapterFromLuid call) {
    Adapter adapter = process.dxgkrnl().openAdapter(call.adapterLuid());
    if (adapter == null) {
      return new OpenAdapterFromLuid.Return(
          NtStatus.DEVICE_DOES_NOT_EXIST, new KmtHandle.Adapter(0));
    }
    var created =
        adapter
            .kmd()
            .call(
                new CreateProcess(
                    adapter.kmdAdapter(),
                    new KernelHandle.DxgkProcess(
                        process.dxgkrnl().handles().next(HandleMaker.PROCESS)),
                    new CreateProcess.Flags(false),
                    process.name(),
                    process.pid()));
    if (!created.status().succeeded()) {
      return new OpenAdapterFromLuid.Return(created.status(), new KmtHandle.Adapter(0));
    }
    AddressSpace space = adapter.vidMm().createAddressSpace(created.process());
    if (space == null) {
      adapter.kmd().call(new DestroyProcess(adapter.kmdAdapter(), created.process()));
      return new OpenAdapterFromLuid.Return(NtStatus.NO_MEMORY, new KmtHandle.Adapter(0));
    }
    var open = new OpenAdapter(adapter, created.process(), space);
    long handle = process.adapters().insert(open);
    opened.put(handle, open);
    return new OpenAdapterFromLuid.Return(NtStatus.SUCCESS, new KmtHandle.Adapter(handle));
  }

  QueryAdapterInfo.Return query(QueryAdapterInfo call) {
    OpenAdapter open = find(call.adapter());
    if (open == null) return new QueryAdapterInfo.Return(NtStatus.INVALID_HANDLE, Blob.EMPTY);
    var answer =
        open.adapter()
            .kmd()
            .call(
                new dev.systole.driver.ddi.QueryAdapterInfo(
                    open.adapter().kmdAdapter(),
                    AdapterInfoType.UMDRIVERPRIVATE,
                    Blob.EMPTY,
                    call.privateDriverBytesMax(),
                    open.kmdProcess()));
    return new QueryAdapterInfo.Return(answer.status(), answer.output());
  }

  CloseAdapter.Return close(CloseAdapter call) {
    OpenAdapter open = find(call.adapter());
    if (open == null) return new CloseAdapter.Return(NtStatus.INVALID_HANDLE);
    close(call.adapter().value(), open);
    return new CloseAdapter.Return(NtStatus.SUCCESS);
  }

  void closeAll() {
    List.copyOf(opened.entrySet()).forEach(entry -> close(entry.getKey(), entry.getValue()));
  }

  /** Its devices go first; the handles are stale at once, whoever else of the process may run. */
  private void close(long handle, OpenAdapter open) {
    process.adapters().remove(handle);
    opened.remove(handle);
    List.copyOf(open.devices().entrySet())
        .forEach(entry -> devices.destroy(entry.getKey(), entry.getValue()));
    open.adapter().vidMm().destroyAddressSpace(open.space());
    open.adapter().kmd().call(new DestroyProcess(open.adapter().kmdAdapter(), open.kmdProcess()));
  }

  private OpenAdapter find(KmtHandle.Adapter handle) {
    return process.adapters().find(handle.value(), OpenAdapter.class);
  }
}
