import { setImmediate } from 'node:timers/promises';
import { type CatchUps, createCatchUps } from '../src/log/catch-ups.ts';
import { createFollower, type Follower } from '../src/log/follower.ts';
import { FakeLog } from './fake-log.ts';

/** What passes an account's log on, over a log in memory. */
export interface DeliveryParts {
  log: FakeLog;
  follower: Follower;
  catchUps: CatchUps;
  faults: unknown[];
}

/** Follows a log and catches up with it, as the process does. */
export function connect(log = new FakeLog(), recentLimits = { maxEvents: 50, maxBytes: 1_000_000 }): DeliveryParts {
  const faults: unknown[] = [];
  const onFault = (error: unknown) => void faults.push(error);
  const { readPage } = log;
  const follower: Follower = createFollower({
    ...{ accountId: 'default', readPage, recentLimits, onFault },
    wake: (reader) => catchUps.add(reader),
  });
  const catchUps = createCatchUps({ followerOf: () => follower, readPage, ownerOf: (reader) => reader, onFault });
  return { log, follower, catchUps, faults };
}

/** Lets everything that is under way come to its end: nothing here waits for time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await setImmediate();
}

/** Appends so many events of a call. */
export function grow(log: FakeLog, count: number, callId = 'call_a'): void {
  for (let n = 0; n < count; n += 1) log.append(callId);
}

/** The sequences from one to another, both included. */
export const from = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
