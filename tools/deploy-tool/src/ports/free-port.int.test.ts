import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { findFreePort } from './free-port.ts';

test('a free port can be listened on, and is none that the system gives to outgoing connections', async () => {
  const port = await findFreePort();
  expect(port).toBeLessThan(32_768);
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await new Promise((resolve) => server.close(resolve));
});

test('of two processes that ask at once for many ports none gets one twice, nor one of the other', async () => {
  const each = 400;
  // They end together, so that the ports of both are held until both have theirs.
  const program = `
    import { findFreePort } from ${JSON.stringify(import.meta.resolve('./free-port.ts'))};
    const ports = await Promise.all(Array.from({ length: ${each} }, findFreePort));
    process.stdout.write(JSON.stringify(ports));
    process.stdin.resume();
  `;
  const asking = [1, 2].map(() =>
    promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { cwd: import.meta.dirname }),
  );
  const answered = asking.map(({ child }) => new Promise((resolve) => child.stdout?.once('data', resolve)));
  await Promise.all(answered);
  for (const { child } of asking) child.stdin?.end();
  const ports = (await Promise.all(asking)).flatMap(({ stdout }) => JSON.parse(stdout) as number[]);

  expect(new Set(ports).size).toBe(2 * each);
});
