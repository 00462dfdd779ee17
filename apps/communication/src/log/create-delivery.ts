import type { Logger } from '@darkroom/platform-logging';
import type { Metrics } from '../health/create-metrics.ts';
import { type Comparison, startComparison } from '../main-api/comparison.ts';
import type { InternalApi } from '../main-api/internal-api.ts';
import { createMainLog, type WantedHeads } from '../main-api/main-log.ts';
import { createSessions, type Sessions } from '../subscriptions/sessions.ts';
import { Subscription } from '../subscriptions/subscription.ts';
import { createSubscriptions, type Subscriptions } from '../subscriptions/subscriptions.ts';
import { type CatchUps, createCatchUps } from './catch-ups.ts';
import { createFollowers, type Followers } from './followers.ts';
import { createSharedBudget } from './shared-budget.ts';

/** The parts that bring the log to subscriptions. */
export interface Delivery {
  followers: Followers;
  catchUps: CatchUps;
  sessions: Sessions;
  subscriptions: Subscriptions;
  comparison: Comparison;
}

export interface DeliveryOptions {
  internalApi: InternalApi;
  metrics: Pick<Metrics, 'countPage' | 'noteDelivered'>;
  logger: Logger;
}

/** Of each account, as long as all of them together have room. */
const recentLimits = { maxEvents: 4000, maxBytes: 2 * 1024 * 1024 };
const recentBytesOfAll = 128 * 1024 * 1024;

/** Puts the parts together and begins to compare with `main`. */
export function createDelivery({ internalApi, metrics, logger }: DeliveryOptions): Delivery {
  const { readPage, readHeads } = createMainLog(internalApi);
  const onFault = (error: unknown) => comparison.noteFault(error);
  const followers = createFollowers({
    readPage,
    recentLimits: { ...recentLimits, budget: createSharedBudget(recentBytesOfAll) },
    wake: (reader) => catchUps.add(reader),
    onBegin: () => comparison.now(),
    onFault,
    onDelivered: metrics.noteDelivered,
  });
  const catchUps = createCatchUps({
    followerOf: followers.of,
    readPage,
    ownerOf: (reader) => (reader instanceof Subscription ? reader.connection : reader),
    onFault,
    onPageRead: metrics.countPage,
  });
  const sessions = createSessions({ admit: catchUps.add, onUnknown: () => comparison.now() });
  const subscriptions = createSubscriptions({ followers, catchUps, sessions });
  let asked: WantedHeads = { accountIds: [], sessionIds: [] };
  const comparison = startComparison({
    wanted: () => (asked = { accountIds: followers.accountIds, sessionIds: sessions.ids }),
    readHeads,
    onHeads: ({ heads, endedSessionIds }) => {
      // First who may hear, then what there is to hear.
      sessions.compared(endedSessionIds, asked.sessionIds);
      followers.compared(heads, asked.accountIds);
    },
    onAnswer: catchUps.resume,
    onAway: catchUps.pause,
    logger,
  });
  return { followers, catchUps, sessions, subscriptions, comparison };
}
