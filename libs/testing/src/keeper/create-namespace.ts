import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { cacheDirectory, resolveBinary, temporalBinary } from '@darkroom/deploy-tool';

const run = promisify(execFile);

/** Makes a namespace that keeps histories as long as the development server's own one does, and answers its name. */
export async function createNamespace(address: string): Promise<string> {
  const namespace = `test-${randomUUID()}`;
  const temporal = await resolveBinary(temporalBinary, {
    environment: process.env,
    cacheDirectory: cacheDirectory(process.env),
    reportProgress: (message) => void process.stderr.write(`temporal: ${message}\n`),
    abortSignal: new AbortController().signal,
  });
  const options = ['--address', address, '--namespace', namespace, '--retention', '24h'];
  await run(temporal, ['operator', 'namespace', 'create', ...options]);
  return namespace;
}
