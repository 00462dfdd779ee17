import { mkdir, writeFile } from 'node:fs/promises';
import { batchWorkflowType, notificationWorkflowType } from '@darkroom/contract';
import { startTestMiddleware } from '@darkroom/testing';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { quietRuntime, runPlatformWorker } from './platform-worker.ts';

/** Records the histories that platform.replay.test.ts replays. Run it, with `--conditions=@darkroom/source`, only to add one: an old one must go on replaying. */
const directory = new URL('./__fixtures__/platform-histories/', import.meta.url);
const only = process.argv[2];

quietRuntime();
const middleware = await startTestMiddleware({ temporal: true });
let pages = 0;
const worker = await runPlatformWorker(middleware.temporal, {
  advanceBatch: () => Promise.resolve({ isOver: (pages += 1) === 13, released: pages * 500 }),
  deliverNotification: () => Promise.resolve(),
});

await mkdir(directory, { recursive: true });
const { client } = worker.temporal;
const input = { batchId: 'bat_01k3x5c5jyfvhbqm6w8r9c4r3n' };
const batch = await client.workflow.start(batchWorkflowType, {
  workflowId: input.batchId,
  taskQueue: worker.taskQueue,
  args: [input],
});
await batch.result();
const notification = { notificationId: 'ntf_01k3x5c5jyfvhbqm6w8r9c4r3n', accountId: 'default', round: 1 };
const delivery = await client.workflow.start(notificationWorkflowType, {
  workflowId: notification.notificationId,
  taskQueue: worker.taskQueue,
  args: [notification],
});
await delivery.result();
const runs = {
  'batch-goes-on-in-a-new-run': client.workflow.getHandle(input.batchId, batch.firstExecutionRunId),
  'batch-to-its-end': client.workflow.getHandle(input.batchId),
  'notification-delivered': delivery,
};
for (const [name, handle] of Object.entries(runs)) {
  if (only !== undefined && only !== name) continue;
  const history = await handle.fetchHistory();
  await writeFile(new URL(`${name}.json`, directory), `${historyToJSON(history)}\n`);
}
await worker.close();
await middleware.stop();
