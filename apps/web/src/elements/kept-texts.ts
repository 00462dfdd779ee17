/**
 * The browser's storage. What it does not take, because it is full or switched off, is kept as long as the page lives: the page goes on, and may say
 * that a reload would lose it.
 */
export class KeptTexts {
  private readonly storage: () => Storage;
  private readonly notTaken = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private loss: 'none' | 'untold' | 'told' = 'none';

  /** `storage`: called with each use, since a browser may refuse even to name its storage. */
  constructor(storage: () => Storage) {
    this.storage = storage;
  }

  getItem(key: string): string | null {
    return this.notTaken.get(key) ?? this.ask((storage) => storage.getItem(key)) ?? null;
  }

  setItem(key: string, text: string): void {
    try {
      this.storage().setItem(key, text);
      this.notTaken.delete(key);
    } catch {
      this.notTaken.set(key, text);
      if (this.loss === 'none') this.loss = 'untold';
      this.tell();
    }
  }

  removeItem(key: string): void {
    this.notTaken.delete(key);
    this.ask((storage) => storage.removeItem(key));
  }

  /** The keys of everything that is kept. */
  keys(): string[] {
    const taken = this.ask((storage) => Array.from({ length: storage.length }, (_none, place) => storage.key(place)));
    return [...new Set([...(taken ?? []).filter((key) => key !== null), ...this.notTaken.keys()])];
  }

  /** Calls back once for all listeners, when a text is not taken for the first time; at once where that has happened untold. Gives back what leaves. */
  readonly onLoss = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.tell();
    return () => this.listeners.delete(listener);
  };

  private tell(): void {
    if (this.loss !== 'untold' || this.listeners.size === 0) return;
    this.loss = 'told';
    for (const listener of this.listeners) listener();
  }

  private ask<Answer>(question: (storage: Storage) => Answer): Answer | undefined {
    try {
      return question(this.storage());
    } catch {
      // Storage that is switched off holds nothing.
      return undefined;
    }
  }
}

/** What this browser keeps. */
export const kept = new KeptTexts(() => localStorage);

/** What it keeps for this tab alone, as long as the tab is open. */
export const keptInTab = new KeptTexts(() => sessionStorage);
