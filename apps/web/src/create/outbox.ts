import type { Call } from '@darkroom/contract';

/** A call that a person asked for, until it is accepted. Kept, so that a reload sends it on, under the same key. */
export interface OutboxItem {
  /** Its Idempotency-Key: sending it again makes no second call. */
  key: string;
  request: CallRequest;
  createdAt: string;
  /** `stopped`: could not be sent, for a reason that is no answer and no lost network; a person may send it again. */
  state: 'sending' | 'waiting' | 'refused' | 'stopped';
  /** What a waiting one waits for: an answer, or a Darkroom that answers that it cannot take it now. */
  waitsFor?: 'connection' | 'darkroom';
  /** An attempt has got no answer that says otherwise. */
  mayBeMade?: boolean;
  /** Why it was refused. */
  refusal?: Refusal;
  /** Why it stopped. */
  fault?: string | undefined;
}

export interface CallRequest {
  integration: string;
  operation: string;
  input: Record<string, unknown>;
}

export interface Refusal {
  detail: string;
  errors: readonly { path: string; message: string }[];
}

/** What became of one attempt to send. */
export type SendResult = { kind: 'accepted'; call: Call } | { kind: 'refused'; refusal: Refusal } | Away;

interface Away {
  kind: 'away';
  waitsFor: 'connection' | 'darkroom';
  mayBeMade: boolean;
  /** When to come again, in milliseconds; undefined where nothing says so. */
  afterMs?: number | undefined;
}

/** Where the items are kept. Each has a name of its own, so that several tabs keep theirs side by side. */
export interface OutboxStorage {
  names: (beginning: string) => string[];
  getItem: (name: string) => string | null;
  setItem: (name: string, text: string) => void;
  removeItem: (name: string) => void;
}

interface OutboxDependencies {
  storage: OutboxStorage;
  /** Whether what is kept may be sent now: it is paid for by whoever is signed in. */
  maySend: () => boolean;
  send: (item: OutboxItem) => Promise<SendResult>;
  onAccepted: (call: Call) => void;
  drawKey: () => string;
  /** Calls back after so many milliseconds; after a while where none are given. */
  later: (callback: () => void, afterMs: number | undefined) => void;
}

const nameBeginning = 'outbox/';

/** Sends what was asked for, and goes on until each is accepted or refused. */
export class Outbox {
  private items: readonly OutboxItem[];
  private readonly listeners = new Set<() => void>();
  private readonly underWay = new Set<string>();
  private readonly dependencies: OutboxDependencies;

  constructor(dependencies: OutboxDependencies) {
    this.dependencies = dependencies;
    this.items = readItems(dependencies.storage);
  }

  /** The items, newest first. The same array until something changes. */
  readonly read = (): readonly OutboxItem[] => this.items;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(requests: readonly CallRequest[]): void {
    const createdAt = new Date().toISOString();
    const added = requests.map((request) => ({
      key: this.dependencies.drawKey(),
      request,
      createdAt,
      state: 'sending' as const,
    }));
    for (const item of added) this.keep(item);
    this.change([...added.reverse(), ...this.items]);
    this.resume();
  }

  discard(key: string): void {
    this.dependencies.storage.removeItem(nameOf(key));
    this.change(this.items.filter((item) => item.key !== key));
  }

  /** Leaves what is no longer kept: another tab has sent or discarded it, or has signed out. */
  readonly followStorage = (): void => {
    const names = new Set(this.dependencies.storage.names(nameBeginning));
    const items = this.items.filter(({ key }) => names.has(nameOf(key)));
    if (items.length < this.items.length) this.change(items);
  };

  /** Sends one again that could not be sent. */
  readonly again = (key: string): void => {
    this.update(key, { state: 'sending', fault: undefined });
    this.resume();
  };

  /** Sends everything that waits, as long as it is sent for whoever asked for it. */
  readonly resume = (): void => {
    for (const { key } of [...this.items].reverse()) this.resumeOne(key);
  };

  private resumeOne(key: string): void {
    if (!this.dependencies.maySend() || this.underWay.has(key)) return;
    const item = this.items.find((one) => one.key === key);
    if (item !== undefined && isToBeSent(item)) void this.send(item);
  }

  private async send(item: OutboxItem): Promise<void> {
    this.underWay.add(item.key);
    const result = await this.attempt(item);
    this.underWay.delete(item.key);
    if (result.kind === 'accepted') {
      this.dependencies.onAccepted(result.call);
      this.discard(item.key);
    } else if (result.kind === 'refused') {
      this.update(item.key, { state: 'refused', refusal: result.refusal, mayBeMade: false });
    } else if (result.kind === 'faulty') {
      this.update(item.key, { state: 'stopped', fault: result.fault });
    } else {
      const { waitsFor, mayBeMade, afterMs } = result;
      this.update(item.key, { state: 'waiting', waitsFor, ...(mayBeMade && { mayBeMade }) });
      this.dependencies.later(() => this.resumeOne(item.key), afterMs);
    }
  }

  /** Whatever goes wrong, the item stays, with the reason, and the others go on. */
  private async attempt(item: OutboxItem): Promise<SendResult | { kind: 'faulty'; fault: string }> {
    try {
      return await this.dependencies.send(item);
    } catch (error) {
      return { kind: 'faulty', fault: error instanceof Error ? error.message : String(error) };
    }
  }

  private update(key: string, change: Partial<OutboxItem>): void {
    const present = this.items.find((item) => item.key === key);
    if (present === undefined) return;
    const changed = { ...present, ...change };
    this.keep(changed);
    this.change(this.items.map((item) => (item === present ? changed : item)));
  }

  private keep(item: OutboxItem): void {
    this.dependencies.storage.setItem(nameOf(item.key), JSON.stringify(item));
  }

  private change(items: readonly OutboxItem[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}

function isToBeSent({ state }: OutboxItem): boolean {
  return state === 'sending' || state === 'waiting';
}

function nameOf(key: string): string {
  return nameBeginning + key;
}

function readItems(storage: OutboxStorage): OutboxItem[] {
  return storage
    .names(nameBeginning)
    .flatMap((name) => readItem(storage.getItem(name)))
    .sort((left, right) => Number(left.createdAt < right.createdAt) - Number(left.createdAt > right.createdAt));
}

function readItem(text: string | null): OutboxItem[] {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (!isItem(kept)) return [];
    // Nobody heard what became of an attempt that was under way when the page went.
    return [kept.state === 'sending' ? { ...kept, mayBeMade: true } : kept];
  } catch {
    return [];
  }
}

function isItem(value: unknown): value is OutboxItem {
  return typeof value === 'object' && value !== null && 'key' in value && 'request' in value && 'state' in value;
}
