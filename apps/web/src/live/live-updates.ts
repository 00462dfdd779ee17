import type { AccountEvent, Batch, Call, CallEvent } from '@darkroom/contract';
import type { Query, QueryClient } from '@tanstack/react-query';
import { anyBatchKey, batchesKey, batchKey } from '../batches/batch-queries.ts';
import { fetchCalls } from '../calls/call-queries.ts';
import { darkroom } from '../darkroom/darkroom.ts';
import { everything } from '../gallery/filter-address.ts';
import { sourcesOf } from '../detail/history.ts';
import { isCallEvent } from './apply-event.ts';
import { beforeNextFrame } from './before-next-frame.ts';
import { storeEvents, storeNewCalls, takesIn } from './call-cache.ts';
import { changesStatus, knownEvents } from './known-events.ts';
import { addNewCalls, type CallReads } from './new-calls.ts';
import { refreshHistories } from './refresh-histories.ts';

const gatherMs = 400;
const afterFailureMs = 5_000;
/** More that changed at once are left to the next reading of their list. */
const mostReadByThemselves = 30;
const fromMain: CallReads = {
  page: (cursor) => fetchCalls({ filter: everything }, { cursor }),
  one: async (id) => knownEvents.applyTo(await darkroom.calls.get(id)),
};

/**
 * Takes in the account's events: what the page shows follows with its next frame, and what it does not know yet is fetched, gathered, so that a batch of ten
 * thousand costs a few requests.
 */
export class LiveUpdates {
  private readonly queryClient: QueryClient;
  private readonly reads: CallReads;
  private readonly soon: (run: () => void) => () => void;
  private readonly gathered: AccountEvent[] = [];
  private callOff: (() => void) | undefined;
  private readonly batches = new Set<string>();
  private readonly newCalls = new Set<string>();
  /** Calls that no list holds, and that have come to a status which some list shows. */
  private readonly changedElsewhere = new Set<string>();
  /** Calls that have come to another status, of which the history of an open call may show one. */
  private readonly moved = new Set<string>();
  /** Results that calls were made from which are new. */
  private readonly newSources = new Set<string>();
  /** Whether calls have another status that no list holds, which may belong to any batch. */
  private hasMovesElsewhere = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isFetching = false;
  private isReadingHistories = false;
  private waitMs = gatherMs;
  private isStopped = false;

  /** `soon`: calls back in a moment, once for all that comes meanwhile, unless it is called off. */
  constructor(queryClient: QueryClient, reads: CallReads = fromMain, soon = beforeNextFrame) {
    this.queryClient = queryClient;
    this.reads = reads;
    this.soon = soon;
  }

  take(event: AccountEvent): void {
    this.gathered.push(event);
    this.callOff ??= this.soon(() => this.showGathered());
  }

  /** Shows what was gathered, and fetches nothing more. */
  stop(): void {
    this.isStopped = true;
    this.callOff?.();
    this.showGathered();
    clearTimeout(this.timer);
  }

  private showGathered(): void {
    this.callOff = undefined;
    const events = this.gathered.splice(0);
    const changes = storeEvents(this.queryClient, events.filter(isCallEvent));
    for (const event of events) {
      if (isCallEvent(event)) this.noteWhatIsMissing(event, changes.get(event.callId)?.after);
      else if ('batchId' in event) this.batches.add(event.batchId);
    }
    this.fetchSoon();
  }

  private noteWhatIsMissing(event: CallEvent, shown: Call | undefined): void {
    if (changesStatus(event)) this.moved.add(event.callId);
    if (shown !== undefined) {
      if (shown.batchId !== undefined) this.batches.add(shown.batchId);
      return;
    }
    if (event.type === 'call.accepted') this.newCalls.add(event.callId);
    else if (takesIn(this.queryClient, event.status)) this.changedElsewhere.add(event.callId);
    if (changesStatus(event)) this.hasMovesElsewhere = true;
  }

  /** Never while the last reading is under way: to begin it again would keep a slow answer from ever being shown. */
  private fetchSoon(): void {
    const { batches, newCalls, changedElsewhere, hasMovesElsewhere } = this;
    const isNeeded = batches.size + newCalls.size + changedElsewhere.size > 0 || hasMovesElsewhere;
    if ((!isNeeded && !this.mayReadHistories()) || this.isFetching || this.isStopped) return;
    this.timer ??= setTimeout(() => void this.fetchGathered(), this.waitMs);
  }

  private async fetchGathered(): Promise<void> {
    const { batches, hasMovesElsewhere, queryClient } = this;
    this.timer = undefined;
    this.waitMs = gatherMs;
    this.isFetching = true;
    this.hasMovesElsewhere = false;
    const reads: Promise<unknown>[] = take(batches).map((id) =>
      queryClient.invalidateQueries({ queryKey: batchKey(id) }),
    );
    if (hasMovesElsewhere) reads.push(queryClient.invalidateQueries({ queryKey: anyBatchKey, predicate: isUnderWay }));
    if (reads.length > 0) reads.push(queryClient.invalidateQueries({ queryKey: batchesKey }));
    reads.push(this.fetchNewCalls(), this.fetchChanged());
    await Promise.allSettled(reads);
    void this.readHistories();
    this.isFetching = false;
    this.fetchSoon();
  }

  private mayReadHistories(): boolean {
    return !this.isReadingHistories && this.moved.size + this.newSources.size > 0;
  }

  /** One reading after another, beside all others: a large history takes many requests, and no list waits for it. */
  private async readHistories(): Promise<void> {
    if (!this.mayReadHistories() || this.isStopped) return;
    this.isReadingHistories = true;
    const changes = { changedIds: new Set(take(this.moved)), sourceIds: new Set(take(this.newSources)) };
    await refreshHistories(this.queryClient, changes);
    this.isReadingHistories = false;
    this.fetchSoon();
  }

  /** What could not be read is read again a little later. */
  private async fetchNewCalls(): Promise<void> {
    const ids = take(this.newCalls);
    if (ids.length === 0) return;
    try {
      const added = new Set(ids);
      const read = await addNewCalls(this.queryClient, added, this.reads);
      for (const id of read.filter((call) => added.has(call.id)).flatMap(sourcesOf)) this.newSources.add(id);
    } catch {
      ids.forEach((id) => this.newCalls.add(id));
      this.waitMs = afterFailureMs;
    }
  }

  private async fetchChanged(): Promise<void> {
    const ids = take(this.changedElsewhere).slice(-mostReadByThemselves);
    const answers = await Promise.allSettled(ids.map((id) => this.reads.one(id)));
    const calls = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    if (calls.length > 0) storeNewCalls(this.queryClient, calls);
  }
}

function take(gathered: Set<string>): string[] {
  const ids = [...gathered];
  gathered.clear();
  return ids;
}

function isUnderWay({ state }: Query): boolean {
  return (state.data as Batch | undefined)?.completedAt === undefined;
}
