/**
 * The copy engine's pictures and what is drawn into them: a {@link dev.systole.gpu.blit.Surface}
 * says where the bytes of a picture lie, a {@link dev.systole.gpu.blit.Mover} copies and fills
 * whole blocks of them, and a {@link dev.systole.gpu.blit.Raster} draws pixel by pixel what needs
 * more: raster operations, patterns, monochrome sources, colour keys and write masks.
 */
package dev.systole.gpu.blit;
