import { cp, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { openTemporaryFiles, type TemporaryFiles } from '@darkroom/platform-files';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { bundleWorkflows } from './bundle-workflows.ts';
import { connectClient } from './connect-client.ts';
import { connectWorker } from './connect-worker.ts';

let middleware: TestMiddleware;
let directory: string;
let workflowsPath: string;
let cacheDirectory: string;
let temporaryFiles: TemporaryFiles;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  middleware = await startTestMiddleware({ temporal: true });
  directory = await mkdtemp(join(tmpdir(), 'darkroom-bundle-'));
  await cp(join(import.meta.dirname, '../test/workflows'), join(directory, 'workflows'), { recursive: true });
  await symlink(join(import.meta.dirname, '../../../node_modules'), join(directory, 'node_modules'));
  workflowsPath = join(directory, 'workflows/index.ts');
  temporaryFiles = await openTemporaryFiles(directory);
  cacheDirectory = join(directory, 'workflow-bundles');
});

afterAll(async () => {
  await middleware.stop();
  await temporaryFiles.close();
  await rm(directory, { recursive: true, force: true });
  await expectNoLeakedProcesses();
});

async function runGreeting(): Promise<unknown> {
  const { address, namespace } = middleware.temporal;
  const temporal = connectClient({ address, namespace, identity: 'test' });
  const connection = await connectWorker({ address });
  const workflowBundle = await bundleWorkflows({ workflowsPath, temporaryFiles });
  const taskQueue = `greetings-${crypto.randomUUID()}`;
  const worker = await Worker.create({ connection, namespace, taskQueue, workflowBundle });
  const workflowId = taskQueue;
  try {
    return await worker.runUntil(temporal.client.workflow.execute('greet', { taskQueue, workflowId, args: ['world'] }));
  } finally {
    await connection.close();
    await temporal.close();
  }
}

test('a bundle made from sources runs in a worker, and is taken from disk until a source changes', async () => {
  expect(await runGreeting()).toBe('hello world');
  const { codePath } = await bundleWorkflows({ workflowsPath, temporaryFiles });
  const first = await stat(codePath);

  expect(await runGreeting()).toBe('hello world');
  expect((await stat(codePath)).ino).toBe(first.ino);

  await writeFile(join(directory, 'workflows/greeting.ts'), "export const greeting = 'good evening';\n");
  expect(await runGreeting()).toBe('good evening world');
  expect((await stat(codePath)).ino).not.toBe(first.ino);
});

test('a bundle that was cut off on disk is made again', async () => {
  const { codePath } = await bundleWorkflows({ workflowsPath, temporaryFiles });
  await writeFile(codePath, 'cut off');
  expect(await runGreeting()).toMatch(/world$/);
  expect(await readdir(cacheDirectory)).toHaveLength(2);
});

test('what was bundled is whole, leaves nothing half-made, and goes when nobody has used it for 30 days', async () => {
  const { codePath } = await bundleWorkflows({ workflowsPath, temporaryFiles });
  const longAgo = new Date(Date.now() - 31 * 24 * 3_600_000);
  const [old, recent] = ['0'.repeat(32), '1'.repeat(32)];
  for (const name of [`${old}.js`, `${old}.json`, `${old}.js.123.456`, 'notes.js', `${recent}.js`])
    await writeFile(join(cacheDirectory, name), '');
  for (const name of [`${old}.js`, `${old}.json`, `${old}.js.123.456`, 'notes.js'])
    await utimes(join(cacheDirectory, name), longAgo, longAgo);
  await utimes(codePath, longAgo, longAgo);

  await bundleWorkflows({ workflowsPath, temporaryFiles });
  const left = (await readdir(cacheDirectory)).filter((name) => !codePath.includes(name.slice(0, 32)));
  expect(left.sort()).toEqual([`${recent}.js`, 'notes.js']);
  expect((await stat(codePath)).mtimeMs).toBeGreaterThan(longAgo.getTime());
  expect(await readdir(temporaryFiles.directory)).toEqual([]);
  await rm(join(cacheDirectory, 'notes.js'));
  await rm(join(cacheDirectory, `${recent}.js`));
});

test('a client may be made while Temporal is away, and works when it is back', async () => {
  await middleware.temporal.stop();
  const { address, namespace } = middleware.temporal;
  const temporal = connectClient({ address, namespace, identity: 'test' });
  const look = () => temporal.connection.withDeadline(Date.now() + 1000, () => temporal.client.workflow.count());
  await expect(look()).rejects.toThrow();
  await expect(connectWorker({ address })).rejects.toThrow();
  await middleware.temporal.start();
  expect((await temporal.client.workflow.count()).count).toBeGreaterThanOrEqual(0);
  await temporal.close();
});
