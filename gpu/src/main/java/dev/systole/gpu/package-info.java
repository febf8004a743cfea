/** The simulated Gen12 GPU and the virtual clock. */
package dev.systole.gpu;
