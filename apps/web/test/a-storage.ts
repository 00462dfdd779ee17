/** A browser's storage, which takes texts as long as `takes` says so. */
export function aStorage(takes: () => boolean = () => true): Storage {
  const texts = new Map<string, string>();
  return {
    get length() {
      return texts.size;
    },
    key: (place) => [...texts.keys()][place] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem(key, text) {
      if (!takes()) throw new Error('The quota has been exceeded.');
      texts.set(key, text);
    },
    removeItem: (key) => void texts.delete(key),
    clear: () => texts.clear(),
  };
}
