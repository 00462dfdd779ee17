/**
 * Whether a paste is meant as text although a picture comes along, as of cells that were copied from a spreadsheet: they are text with its looks. A
 * file has its name as plain text only, and an image no text at all.
 */
export function isTextPaste(types: readonly string[], isIntoText: boolean): boolean {
  return isIntoText && types.includes('text/plain') && types.includes('text/html');
}
