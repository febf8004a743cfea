/** How engines get the attention of the CPU. */
package dev.systole.gpu.interrupt;
