import { setImmediate as nextTurn } from 'node:timers/promises';

/** What divides a list or an object that stands in the outermost one: where it opens and closes, and the commas between. */
export type Mark = 'open list' | 'open object' | 'comma' | 'close';

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];
const bytesAtOnce = 1024 * 1024;

/**
 * Visits the marks of the second level of a text that should be JSON. It only tells strings and levels apart; of what is no JSON it tells something.
 * Other requests have their turn meanwhile.
 */
export async function visitSecondLevel(bytes: Buffer, visit: (mark: Mark, at: number) => void): Promise<void> {
  let level = 0;
  let isInString = false;
  let at = 0;
  while (at < bytes.length) {
    for (const until = Math.min(at + bytesAtOnce, bytes.length); at < until; at += 1) {
      const byte = bytes[at];
      if (isInString) {
        if (byte === backslash) at += 1;
        else if (byte === quote) isInString = false;
      } else if (byte === quote) isInString = true;
      else if (byte === openList || byte === openObject) {
        level += 1;
        if (level === 2) visit(byte === openList ? 'open list' : 'open object', at);
      } else if (byte === closeList || byte === closeObject) {
        if (level === 2) visit('close', at);
        level -= 1;
      } else if (byte === comma && level === 2) visit('comma', at);
    }
    await nextTurn();
  }
}
