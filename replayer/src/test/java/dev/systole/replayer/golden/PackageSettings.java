package dev.systole.replayer.golden;

import org.approvaltests.core.ApprovalFailureReporter;
import org.approvaltests.reporters.JunitReporter;

/** Found by ApprovalTests by its name: differences are told in the log, no tool is started. */
final class PackageSettings {
  static final ApprovalFailureReporter UseReporter = JunitReporter.INSTANCE;

  private PackageSettings() {}
}
