package dev.systole.driver.app;

import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code D3DKMTSubmitCommand}: queues a command buffer behind what the context was given before.
 *
 * @param commands GPU virtual address of the first command
 */
public record SubmitCommand(
    KmtHandle.Context context, long commands, int commandBytes, Blob privateDriverData)
    implements AppCall<SubmitCommand.Return> {
  public record Return(NtStatus status) implements AppReturn {}
}
