import { z } from 'zod';

/** A page of a list. `nextCursor` is null at the end; it is opaque and goes back as `cursor=`. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
