import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Glyph } from 'opentype.js';
import type { FittedText } from './fit-text.ts';

/** Turns text into outlines, from a font that is a package: a machine without fonts draws the same letters. */
export interface Lettering {
  /** The width of a text at font size 1. */
  widthAtSizeOne(text: string): number;
  /** SVG path data of the lines, with the first line's top left corner at `x`, `y`. */
  outlineOf(text: FittedText, x: number, y: number): string;
}

export function loadLettering(): Lettering {
  const file = readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'));
  const font = opentype.parse(new Uint8Array(file).buffer);
  const ascent = font.ascender / font.unitsPerEm;
  const glyphsOf = (text: string) => Array.from(text, (character) => font.charToGlyph(character));
  const widthOf = (glyph: Glyph) => (glyph.advanceWidth ?? 0) / font.unitsPerEm;

  // Glyph by glyph: the library's shaping refuses some of the font's own substitutions.
  const lineOutline = (line: string, { x, y, fontSize }: Place) => {
    let pen = x;
    return glyphsOf(line).map((glyph) => {
      const path = glyph.getPath(pen, y, fontSize).toPathData(1);
      pen += widthOf(glyph) * fontSize;
      return path;
    });
  };
  return {
    widthAtSizeOne: (text) => glyphsOf(text).reduce((width, glyph) => width + widthOf(glyph), 0),
    outlineOf: ({ lines, fontSize, lineHeight }, x, y) =>
      lines
        .flatMap((line, index) => lineOutline(line, { x, y: y + ascent * fontSize + index * lineHeight, fontSize }))
        .join(''),
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly fontSize: number;
}
