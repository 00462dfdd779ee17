import { retentionKinds } from '@darkroom/contract';
import type { Logger } from '@darkroom/platform-logging';
import type { Client } from '@temporalio/client';
import type { EngineWatch } from '../engine/engine-watch.ts';
import { type Loop, startLoop } from '../engine/start-loop.ts';
import type { RetentionDays } from './retention-settings.ts';
import { saveRetentionSchedule } from './retention-schedule.ts';

interface ScheduleKeeping {
  client: Client;
  engineWatch: Pick<EngineWatch, 'check'>;
  taskQueue: string;
  days: RetentionDays;
  logger: Logger;
}

const retryMilliseconds = 5_000;

/** Brings Temporal's schedule in line with the settings once, as soon as Temporal answers. */
export function startRetentionSchedule(keeping: ScheduleKeeping): Pick<Loop, 'stop'> {
  const { client, engineWatch, taskQueue, days, logger } = keeping;
  const kinds = retentionKinds.filter((kind) => days[kind] !== undefined);
  let isDone = false;
  const loop = startLoop({
    everyMilliseconds: retryMilliseconds,
    onError: (error) => logger.warn({ error }, 'the schedule of retention could not be saved; it is tried again'),
    async run() {
      if (isDone || !(await engineWatch.check())) return;
      const result = await saveRetentionSchedule(client, { taskQueue, kinds });
      isDone = true;
      if (result !== 'none') logger.info({ kinds, schedule: result }, 'the schedule of retention is as configured');
    },
  });
  return { stop: () => loop.stop() };
}
