package dev.systole.replayer.golden;

import java.io.File;
import java.nio.file.Path;
import org.approvaltests.namer.ApprovalNamer;

/** Names a golden output as {@link GoldenTrace} does; what was received goes into the build. */
record BesideTrace(Path approved) implements ApprovalNamer {
  @Override
  public String getApprovalName() {
    return approved.getFileName().toString();
  }

  @Override
  public String getSourceFilePath() {
    return approved.getParent().toString();
  }

  @Override
  public File getApprovedFile(String extensionWithDot) {
    return approved.toFile();
  }

  @Override
  public File getReceivedFile(String extensionWithDot) {
    return Path.of("target", getApprovalName() + ".received").toFile();
  }

  @Override
  public ApprovalNamer addAdditionalInformation(String information) {
    return this;
  }

  @Override
  public String getAdditionalInformation() {
    return "";
  }
}
