/** A queue in which owners take turns, so that nobody waits behind all that another one has put in. */
export interface FairQueue<Item> {
  readonly size: number;
  /** Puts an item in, at the end of its owner's; one that is in already keeps its place. */
  add(owner: object, item: Item): void;
  remove(owner: object, item: Item): void;
  /** The first item of the owner whose turn it is. */
  take(): Item | undefined;
}

export function createFairQueue<Item>(): FairQueue<Item> {
  // A Map keeps the order in which its keys were put in: an owner whose turn is over goes to the end.
  const itemsByOwner = new Map<object, Set<Item>>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(owner, item) {
      const items = itemsByOwner.get(owner) ?? new Set();
      if (items.has(item)) return;
      itemsByOwner.set(owner, items.add(item));
      size += 1;
    },
    remove(owner, item) {
      const items = itemsByOwner.get(owner);
      if (items?.delete(item) !== true) return;
      size -= 1;
      if (items.size === 0) itemsByOwner.delete(owner);
    },
    take() {
      for (const [owner, items] of itemsByOwner) {
        for (const item of items) {
          items.delete(item);
          size -= 1;
          itemsByOwner.delete(owner);
          if (items.size > 0) itemsByOwner.set(owner, items);
          return item;
        }
      }
      return undefined;
    },
  };
}
