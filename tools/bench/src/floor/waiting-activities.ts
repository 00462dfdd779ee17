import { setTimeout as delay } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { Agent, request } from 'undici';
import { z } from 'zod';

/** What the floor's waiting workflow is started with. */
export interface FloorWait {
  readonly prompt: string;
  readonly intervalSeconds: number;
}

const taskSchema = z.object({ id: z.string(), status: z.string().optional() });
const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' };

/** A submission, and a bare heartbeat loop that looks until the task has ended. */
export function createWaitingActivities(simulatorUrl: string) {
  const dispatcher = new Agent({ connections: 128 });
  const tasks = `${simulatorUrl}/example/v1/tasks`;
  const ask = async (url: string, options: { method: 'GET' | 'POST'; body?: string }) => {
    const answer = await request(url, { dispatcher, headers, ...options });
    if (answer.statusCode >= 300) throw new Error(`The simulator answered ${answer.statusCode}.`);
    return taskSchema.parse(await answer.body.json());
  };

  return {
    async submitTask({ prompt }: FloorWait): Promise<string> {
      return (await ask(tasks, { method: 'POST', body: JSON.stringify({ prompt }) })).id;
    },

    async awaitTask({ intervalSeconds }: FloorWait, id: string): Promise<string> {
      const { cancellationSignal, heartbeat } = Context.current();
      for (;;) {
        await delay(intervalSeconds * 1000, undefined, { signal: cancellationSignal });
        const { status = 'queued' } = await ask(`${tasks}/${id}`, { method: 'GET' });
        if (status !== 'queued' && status !== 'running') return status;
        heartbeat();
      }
    },
  };
}

export type WaitingActivities = ReturnType<typeof createWaitingActivities>;
