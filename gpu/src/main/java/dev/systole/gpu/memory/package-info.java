/**
 * Memory: sparse pages by bus address, and the translation of what engines address through the
 * global GTT and the page tables of a context.
 */
package dev.systole.gpu.memory;
