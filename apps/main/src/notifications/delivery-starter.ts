import { type NotificationWorkflowInput, notificationWorkflowType } from '@darkroom/contract';
import type { Logger } from '@darkroom/platform-logging';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { EngineWatch } from '../engine/engine-watch.ts';
import type { PlatformWorkflows } from '../engine/platform-workflows.ts';
import { startLoop } from '../engine/start-loop.ts';
import {
  confirmDelivering,
  type LeasedNotification,
  leaseNotifications,
  leaseSilent,
  releaseNotification,
  startNextRound,
} from './lease-notifications.ts';

export interface DeliveryStarterDependencies {
  database: Kysely<Database>;
  workflows: Pick<PlatformWorkflows, 'start' | 'isRunning'>;
  engineWatch: Pick<EngineWatch, 'check'>;
  logger: Logger;
  timing?: Partial<DeliveryStarterTiming>;
}

export interface DeliveryStarterTiming {
  startsAtOnce: number;
  leaseMilliseconds: number;
  sweepMilliseconds: number;
  /** How long after an attempt was due nothing may be heard of it before its workflow is looked for. */
  silenceSeconds: number;
}

export interface DeliveryStarter {
  /** Looks for notifications that wait now instead of at the next sweep. */
  wake(): void;
  /** Starts nothing more and waits for the starts that are under way. */
  stop(): Promise<void>;
}

/** Attempts are over within half a minute; those of an account with many wait for each other. */
export const silenceSeconds = 600;

const defaultTiming: DeliveryStarterTiming = {
  startsAtOnce: 32,
  leaseMilliseconds: 30_000,
  sweepMilliseconds: 1_000,
  silenceSeconds,
};
const silentAtOnce = 20;

/** Starts a workflow for each notification that waits, and again for one whose workflow is gone, while the engine answers. */
export function startDeliveryStarter(dependencies: DeliveryStarterDependencies): DeliveryStarter {
  const { database, workflows, engineWatch, logger } = dependencies;
  const timing = { ...defaultTiming, ...dependencies.timing };

  const loop = startLoop({
    run: sweep,
    everyMilliseconds: timing.sweepMilliseconds,
    onError: (error) => logger.error({ error }, 'deliveries could not be read or noted: it is tried again'),
  });

  async function sweep(): Promise<void> {
    if (!(await engineWatch.check())) return;
    const { startsAtOnce: limit, leaseMilliseconds } = timing;
    const leased = await leaseNotifications(database, { limit, leaseMilliseconds });
    const started = await Promise.all(leased.map(start));
    await confirmDelivering(
      database,
      leased.filter((_, index) => started[index]),
      timing.silenceSeconds,
    );
    if (leased.length > 0 && started.every(Boolean)) loop.wake();
    else await lookForSilent();
  }

  async function start(notification: LeasedNotification): Promise<boolean> {
    const { id, account_id: accountId, round, channel, call_id, batch_id } = notification;
    try {
      const input: NotificationWorkflowInput = { notificationId: id, accountId, round };
      const summary = `${channel} about ${call_id ?? batch_id}`;
      const workflow = { type: notificationWorkflowType, workflowId: deliveryWorkflowId({ id, round }), accountId };
      await workflows.start({ ...workflow, summary, input });
      return true;
    } catch (error) {
      logger.warn({ error, notification_id: id }, 'the delivery could not be started: it is tried again');
      await releaseNotification(database, id).catch((cause: unknown) =>
        logger.warn({ error: cause, notification_id: id }, 'the lease runs out by itself'),
      );
      return false;
    }
  }

  async function lookForSilent(): Promise<void> {
    const silent = await leaseSilent(database, { limit: silentAtOnce, lookAfterSeconds: timing.silenceSeconds });
    for (const delivery of silent) {
      if (await workflows.isRunning(deliveryWorkflowId(delivery))) continue;
      logger.warn({ notification_id: delivery.id }, 'the workflow of a delivery is gone: another one is started');
      await startNextRound(database, delivery);
      loop.wake();
    }
  }

  return { wake: () => loop.wake(), stop: () => loop.stop() };
}

/** A resend is another workflow: an id that was used is not used again. */
function deliveryWorkflowId({ id, round }: { id: string; round: number }): string {
  return round === 1 ? id : `${id}-${round}`;
}
