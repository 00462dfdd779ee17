interface Format<Value> {
  /** Reads what was kept, null where nothing was. */
  read: (text: string | null) => Value;
  write: (value: Value) => string;
}

/** Where drafts are kept, by their names. */
export interface DraftStorage {
  getItem: (name: string) => string | null;
  setItem: (name: string, text: string) => void;
}

/** What is typed on a page. It is kept with every change, so that it survives a reload, and outlives the part of the page that shows it. */
export class KeptDraft<Value> {
  private value: Value | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly name: string;
  private readonly format: Format<Value>;
  private readonly storage: DraftStorage;

  constructor(name: string, format: Format<Value>, storage: DraftStorage) {
    this.name = name;
    this.format = format;
    this.storage = storage;
  }

  /** The draft as it is now. It is read from what is kept once: by then it is known whose it is. */
  readonly read = (): Value => (this.value ??= this.format.read(this.storage.getItem(this.name)));

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly change = (change: (value: Value) => Value): void => {
    const changed = change(this.read());
    this.value = changed;
    this.storage.setItem(this.name, this.format.write(changed));
    for (const listener of this.listeners) listener();
  };
}
