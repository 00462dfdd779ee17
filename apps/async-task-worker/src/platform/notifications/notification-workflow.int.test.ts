import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type DeliveryDecision,
  type DeliveryReport,
  notificationWorkflowType,
  type PreparedNotification,
} from '@darkroom/contract';
import { createGuardedClient, type GuardedClient } from '@darkroom/platform-http';
import { createLogger } from '@darkroom/platform-logging';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { type PlatformWorker, quietRuntime, runPlatformWorker } from '../../../test/platform-worker.ts';
import { createNotificationActivities } from './create-notification-activities.ts';

/** What `main` says of one notification, one after another; the last one for good. */
interface Script {
  prepare?: (PreparedNotification | undefined)[];
  decide?: (DeliveryDecision | Error)[];
}

const over = { kind: 'over' } as const;
const scripts = new Map<string, Script>();
const asked: string[] = [];
const reports: (DeliveryReport & { id: string })[] = [];
const posted: string[] = [];
let middleware: TestMiddleware;
let worker: PlatformWorker;
let receiver: Server;
let guardedClient: GuardedClient;
let origin: string;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
  receiver = createServer((request, response) => {
    posted.push(request.url ?? '');
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  guardedClient = createGuardedClient({ allowOrigins: [origin] });
  const main = {
    prepare: (id: string) => {
      asked.push(id);
      return Promise.resolve(next(scripts.get(id)?.prepare));
    },
    report: (id: string, report: DeliveryReport) => {
      reports.push({ id, ...report });
      const decision = next(scripts.get(id)?.decide) ?? over;
      return decision instanceof Error ? Promise.reject(decision) : Promise.resolve(decision);
    },
  };
  const logger = createLogger({ service: 'test', level: 'silent', json: true });
  const activities = createNotificationActivities({ main, guardedClient, mailer: undefined, logger });
  worker = await runPlatformWorker(middleware.temporal, { ...activities });
});
afterAll(async () => {
  await worker.close();
  await guardedClient.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await middleware.stop();
  await expectNoLeakedProcesses();
});

function next<Said>(said: Said[] | undefined): Said | undefined {
  return said === undefined || said.length <= 1 ? said?.[0] : said.shift();
}

const post = (id: string): PreparedNotification => {
  return { kind: 'post', channel: 'webhook', url: `${origin}/${id}`, headers: {}, body: '{}' };
};

/**
 * Lets a notification be delivered to its end, and answers how many events its workflow's history has: without those of workflow tasks, which
 * are made again where the machine stands still, and come with others where something happens.
 */
async function deliver(id: string, script: Script): Promise<number> {
  scripts.set(id, script);
  const { client } = worker.temporal;
  const args = [{ notificationId: id, accountId: 'default', round: 1 }];
  const { taskQueue } = worker;
  const handle = await client.workflow.start(notificationWorkflowType, { workflowId: id, taskQueue, args });
  await handle.result();
  const { events } = await handle.fetchHistory();
  return (events ?? []).filter((event) => !Object.keys(event).some((key) => key.startsWith('workflowTask'))).length;
}
const countOf = (list: readonly string[], wanted: string) => list.filter((one) => one === wanted).length;

describe('the workflow of a notification', () => {
  test('posts it once, and tells what became of it', async () => {
    await deliver('ntf_once', { prepare: [post('ntf_once')] });
    expect(countOf(posted, '/ntf_once')).toBe(1);
    expect(reports.filter(({ id }) => id === 'ntf_once')).toMatchObject([
      { round: 1, result: { kind: 'delivered', status: 204 } },
    ]);
  });

  test('asks anew at each attempt, and its history does not grow with them', async () => {
    const once = await deliver('ntf_short', { prepare: [post('ntf_short')] });
    const again = { kind: 'again', afterSeconds: 0.05 } as const;
    const often = await deliver('ntf_long', {
      prepare: [post('ntf_long')],
      decide: [...Array<DeliveryDecision>(9).fill(again), over],
    });
    expect([countOf(asked, 'ntf_long'), countOf(posted, '/ntf_long')]).toEqual([10, 10]);
    expect(once).toBeGreaterThan(0);
    expect(often).toBe(once);
  });

  test('waits where it is not due yet, and posts nothing until then', async () => {
    const notDue = { kind: 'not_due', afterSeconds: 0.05 } as const;
    await deliver('ntf_early', { prepare: [notDue, notDue, post('ntf_early')] });
    expect([countOf(asked, 'ntf_early'), countOf(posted, '/ntf_early')]).toEqual([3, 1]);
  });

  test.each<[string, PreparedNotification | undefined]>([
    ['is over', over],
    ['is not there', undefined],
  ])('ends where the notification %s', async (what, prepared) => {
    await deliver(`ntf_${what.replaceAll(' ', '-')}`, { prepare: [prepared] });
    expect(posted.filter((path) => path.includes(what.replaceAll(' ', '-')))).toEqual([]);
  });

  test('reports what cannot be sent any more as refused for good', async () => {
    await deliver('ntf_removed', { prepare: [{ kind: 'unsendable', reason: 'It was removed.' }] });
    expect(reports.find(({ id }) => id === 'ntf_removed')?.result).toEqual({
      kind: 'refused',
      reason: 'It was removed.',
    });
  });

  test('goes on where the answer of `main` to its report was lost', async () => {
    await deliver('ntf_unheard', { prepare: [post('ntf_unheard'), over], decide: [new Error('main is away')] });
    expect(countOf(posted, '/ntf_unheard')).toBe(1);
    expect(countOf(asked, 'ntf_unheard')).toBe(2);
  });

  test('of an e-mail says where the worker has no mail server', async () => {
    const mail = { kind: 'mail', to: 'ann@example.com', subject: 's', text: 't', html: 'h' } as const;
    await deliver('ntf_mail', { prepare: [mail] });
    expect(reports.find(({ id }) => id === 'ntf_mail')?.result).toEqual({
      kind: 'failed',
      reason: expect.stringContaining('SMTP_URL'),
    });
  });
});
