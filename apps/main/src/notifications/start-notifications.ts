import type { Logger } from '@darkroom/platform-logging';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { EngineWatch } from '../engine/engine-watch.ts';
import type { PlatformWorkflows } from '../engine/platform-workflows.ts';
import type { EventBus } from '../events/event-bus.ts';
import { startDeliveryStarter } from './delivery-starter.ts';
import { startNotifier } from './notifier.ts';

export interface Notifications {
  /** An account has a new subscription; call it before its news are told. */
  noteSubscription(accountId: string): void;
  /** A notification waits to be delivered. */
  wake(): void;
  /** Makes and starts nothing more, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Makes notifications of events, and starts their deliveries. */
export function startNotifications(dependencies: {
  database: Kysely<Database>;
  eventBus: EventBus;
  workflows: PlatformWorkflows;
  engineWatch: EngineWatch;
  logger: Logger;
}): Notifications {
  const starter = startDeliveryStarter(dependencies);
  const notifier = startNotifier({ ...dependencies, wakeDeliveries: () => starter.wake() });
  return {
    noteSubscription: (accountId) => notifier.noteSubscription(accountId),
    wake: () => starter.wake(),
    stop: async () => void (await Promise.all([notifier.stop(), starter.stop()])),
  };
}
