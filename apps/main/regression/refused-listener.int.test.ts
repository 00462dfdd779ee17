import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createLogger } from '@darkroom/platform-logging';
import { openListener } from '../src/events/postgres-listener.ts';
import { setUpOnMiddleware } from '../test/set-up-on-middleware.ts';
import { until } from '../test/until.ts';

// A server in recovery refuses LISTEN. The end of the connection that was given up then was a rejection that nobody waited for, and ended the process.
const side = setUpOnMiddleware(
  async ({ postgres }) => ({ connectionString: await postgres.createDatabase(), close: () => Promise.resolve() }),
  {},
);

test('a listener that PostgreSQL refuses tries again, and harms nobody', async () => {
  const filePath = join(side.middleware.directory, 'listener.log');
  const logger = createLogger({ service: 'main', level: 'warn', json: true, filePath });
  const { connectionString } = side;
  const refused = 'to what is no name';
  const listener = openListener({ connectionString, channel: refused, onPayload: () => undefined, logger });
  await until(
    async () => (await readFile(filePath, 'utf8')).match(/connecting again/g) ?? [],
    ({ length }) => length >= 2,
  );
  await listener.stop();

  expect(await readFile(filePath, 'utf8')).toContain('syntax error');
});
