/** Immutable specifications of the parts that can be simulated, and what their work costs. */
package dev.systole.gpu.platform;
