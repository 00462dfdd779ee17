import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Glyph, type PathCommand } from 'opentype.js';
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
      const path = pathData(glyph.getPath(pen, y, fontSize).commands);
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

// The library's own toPathData (1.3.5) writes NaN for some numbers.
function pathData(commands: readonly PathCommand[]): string {
  return commands
    .map(
      (command) =>
        command.type +
        pointsOf(command)
          .map((point) => point.toFixed(1))
          .join(' '),
    )
    .join('');
}

function pointsOf(command: PathCommand): readonly number[] {
  switch (command.type) {
    case 'M':
    case 'L':
      return [command.x, command.y];
    case 'Q':
      return [command.x1, command.y1, command.x, command.y];
    case 'C':
      return [command.x1, command.y1, command.x2, command.y2, command.x, command.y];
    case 'Z':
      return [];
  }
}
