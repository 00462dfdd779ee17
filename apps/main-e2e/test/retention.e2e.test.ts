import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outputArtifactSchema, type Problem } from '@darkroom/contract';
import { createPool, type Pool } from '@darkroom/platform-postgres';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startStack, type Stack, until } from '@darkroom/testing';
import { ScheduleNotFoundError } from '@temporalio/client';
import { ageClosedWorkflow } from './age-closed-workflow.ts';
import { expectStoredImage } from './expect-stored-image.ts';

const nothingConfigured = { RETENTION_EVENTS_DAYS: '', RETENTION_ARTIFACTS_DAYS: '', RETENTION_HISTORIES_DAYS: '' };
const aWeek = { RETENTION_EVENTS_DAYS: '7', RETENTION_ARTIFACTS_DAYS: '7', RETENTION_HISTORIES_DAYS: '7' };

describe('retention', () => {
  let stack: Stack;
  let temporal: TemporalClient;
  let pool: Pool;

  beforeAll(async () => {
    stack = await startStack();
    const { address, namespace } = stack.middleware.temporal;
    temporal = connectClient({ address, namespace, identity: 'test' });
    const connectionString = stack.place.databaseUrl;
    pool = createPool({ connectionString, max: 1, applicationName: 'test', onConnectionLost: () => undefined });
  });

  afterAll(async () => {
    await pool?.end();
    await temporal?.close();
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  const schedule = () => temporal.client.schedule.getHandle('darkroom-retention-platform-tasks');
  const isScheduled = () =>
    schedule()
      .describe()
      .then(
        () => true,
        (error: unknown) => {
          if (error instanceof ScheduleNotFoundError) return false;
          throw error;
        },
      );
  /** Answers its bytes. */
  const ageHistory = async (callId: string) => {
    const closed = `WorkflowId = '${callId}' AND ExecutionStatus = 'Completed'`;
    await until('it is listed', async () => (await temporal.client.workflow.count(closed)).count === 1);
    const { historySize } = await temporal.client.workflow.getHandle(callId).describe();
    await stack.middleware.temporal.stop();
    ageClosedWorkflow(stack.middleware.temporal, callId, 8);
    await stack.middleware.temporal.start();
    return historySize;
  };
  const restartMain = async (environment: Record<string, string>) => {
    await stack.main.service.stop();
    await stack.main.start(environment);
  };
  const answerOf = async (path: string) => {
    const response = await fetch(`${stack.main.url}${path}`, { redirect: 'manual' });
    return { status: response.status, code: ((await response.json()) as Problem).code };
  };

  test('is not scheduled where nothing is configured, and removes by schedule, through the worker, what is configured', async () => {
    const { id: old } = await stack.submit({ prompt: 'a picture of last year' });
    const { id: young } = await stack.submit({ prompt: 'a picture of today' });
    const ended = await stack.waitForEnd(old);
    await stack.waitForEnd(young);
    await expectStoredImage(ended);
    const [image] = outputArtifactSchema.array().parse(ended.output?.['images']);
    await pool.query(`update events set created_at = now() - interval '8 days' where call_id = $1`, [old]);
    await pool.query(`update artifacts set created_at = now() - interval '8 days' where call_id = $1`, [old]);
    const historyBytes = await ageHistory(old);
    // Calls that ran at the same time have entries among each other's; the log goes up to the first that is young.
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int as count from events
       where sequence < (select min(sequence) from events where call_id = $1)`,
      [young],
    );
    expect(await isScheduled()).toBe(false);

    await restartMain(aWeek);
    await until('the schedule is there', isScheduled);
    await schedule().trigger();
    const workflowId = await until('the workflow has started', async () => {
      const [run] = (await schedule().describe()).info.recentActions;
      return run?.action.type === 'startWorkflow' && run.action.workflow.workflowId;
    });
    expect(await temporal.client.workflow.getHandle(workflowId).result()).toEqual({
      events: { count: rows[0]?.count, bytes: expect.any(Number) },
      artifacts: { count: 1, bytes: image?.bytes },
      // Temporal deletes it within a minute of being told, which the test of `main` on a real Temporal waits for.
      histories: { count: 1, bytes: historyBytes },
    });
    expect(stack.workers[0]?.logs()).toMatch(/"artifacts":\{"count":1,"bytes":\d+\}.*retention is done for now/);

    expect(await answerOf(`/v1/artifacts/${image?.artifactId}/download`)).toEqual({
      status: 410,
      code: 'artifact_removed',
    });
    expect(await answerOf('/v1/events')).toEqual({ status: 410, code: 'events_removed' });
    expect(await stack.call(old)).toMatchObject({
      status: 'completed',
      output: { images: [{ sha256: image?.sha256 }] },
    });
    await expectStoredImage(await stack.call(young));

    await restartMain(nothingConfigured);
    await until('the schedule is gone', async () => !(await isScheduled()));
    await expectStoredImage(await stack.call(young));
  });
});
