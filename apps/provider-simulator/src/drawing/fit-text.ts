import { wrapText } from './wrap-text.ts';

/** Text that was broken into lines, with the size at which the lines fit their box. */
export interface FittedText {
  readonly lines: readonly string[];
  readonly fontSize: number;
  readonly lineHeight: number;
}

interface TextBox {
  readonly width: number;
  readonly height: number;
  readonly largestSize: number;
  readonly smallestSize: number;
}

const lineSpacing = 1.25;
const shrinkStep = 0.9;

/**
 * Finds the largest font size at which the text fits the box. What does not fit at the smallest size is cut, and the
 * cut is shown by an ellipsis. `widthAtSizeOne` measures a text at font size 1: widths grow in proportion.
 */
export function fitText(text: string, box: TextBox, widthAtSizeOne: (text: string) => number): FittedText {
  let fontSize = box.largestSize;
  for (;;) {
    const lines = wrapText(text, box.width / fontSize, widthAtSizeOne);
    const lineHeight = fontSize * lineSpacing;
    const room = Math.max(1, Math.floor(box.height / lineHeight));
    if (lines.length <= room) return { lines, fontSize, lineHeight };
    if (fontSize <= box.smallestSize) return { lines: cut(lines, room), fontSize, lineHeight };
    fontSize = Math.max(box.smallestSize, fontSize * shrinkStep);
  }
}

function cut(lines: readonly string[], room: number): readonly string[] {
  return [...lines.slice(0, room - 1), `${lines[room - 1] ?? ''}…`];
}
