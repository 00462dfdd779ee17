/** How tiles stand in rows. */
export interface GridLayout {
  columns: number;
  /** The side of a tile, in CSS pixels. */
  side: number;
}

const gap = 8;
export const gridGap = gap;
/** Two beside each other on the narrowest phone. */
const fewestColumns = 2;
const leastSide = 210;

/** As many columns as have room, with tiles that fill the width. */
export function layOut(width: number): GridLayout {
  const columns = Math.max(fewestColumns, Math.floor((width + gap) / (leastSide + gap)));
  return { columns, side: Math.max(1, (width - gap * (columns - 1)) / columns) };
}

/** Where a key leads from a place in the grid; undefined where it leads nowhere. */
export function placeAfterKey(
  key: string,
  place: number,
  { columns, count }: { columns: number; count: number },
): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place - columns,
    ArrowDown: place + columns,
    Home: place - (place % columns),
    End: Math.min(count - 1, place - (place % columns) + columns - 1),
    PageUp: Math.max(place % columns, place - columns * 3),
    PageDown: Math.min(count - 1, place + columns * 3),
  };
  const next = steps[key];
  if (next === undefined || next < 0) return undefined;
  if (next < count) return next;
  // From a full row above a shorter last one, down leads to its end.
  const isAboveLastRow = Math.floor(place / columns) < Math.floor((count - 1) / columns);
  return key === 'ArrowDown' && isAboveLastRow ? count - 1 : undefined;
}
