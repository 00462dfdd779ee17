import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFixtureCheckout, type FixtureCheckout } from './fixture-checkout.ts';

let checkout: FixtureCheckout;
let environment: Record<string, string>;

/** A middleware whose program is built: by a `go` that notes what it is asked for. */
const driver = `
  const release = () => ({ archiveUrl: 'http://127.0.0.1:9/lens.tar.gz', checksumsUrl: 'http://127.0.0.1:9/checksums.txt' });
  export const driver = {
    binary: {
      name: 'lens', version: '1.2.3', pathVariable: 'LENS_PATH', goPackage: 'example.com/lens', release,
      versionCheck: { args: ['--version'], pattern: /lens (.*)/ },
    },
    prepare: () => { throw new Error('Nothing is to be started.'); },
    check: () => Promise.resolve(),
    addresses: () => ({}),
  };
`;

beforeEach(async () => {
  checkout = await createFixtureCheckout();
  const bin = join(checkout.root, 'bin');
  mkdirSync(bin);
  const go =
    'echo "$@" >> "$GO_JOURNAL"; [ -z "$GO_FAILS" ] || exit 1; echo built > "$GOBIN/lens"; chmod +x "$GOBIN/lens"';
  writeFileSync(join(bin, 'go'), `#!/bin/sh\n${go}\n`);
  chmodSync(join(bin, 'go'), 0o755);
  writeFileSync(join(checkout.root, 'lens.driver.mjs'), driver);
  const deployFile = join(checkout.root, 'deploy/deploy.json');
  const { middleware, ...rest } = JSON.parse(readFileSync(deployFile, 'utf8')) as { middleware: object };
  const lens = { driver: '../lens.driver.mjs', ports: {}, settings: {} };
  writeFileSync(deployFile, JSON.stringify({ ...rest, middleware: { ...middleware, lens } }));
  environment = {
    PATH: `${bin}:${process.env['PATH']}`,
    GO_JOURNAL: join(checkout.root, 'go.journal'),
    DARKROOM_CACHE_DIR: join(checkout.root, 'cache'),
  };
});

afterEach(() => checkout.remove());

test('what the middleware needs is got, once, and nothing is started', async () => {
  const done = { code: 0, output: expect.stringContaining('All programs that the middleware needs are there.') };
  expect(await checkout.run(['install'], environment)).toMatchObject(done);
  expect(await checkout.run(['install'], environment)).toMatchObject(done);

  expect(existsSync(join(checkout.root, 'cache/lens-1.2.3/lens'))).toBe(true);
  expect(readFileSync(join(checkout.root, 'go.journal'), 'utf8').trim().split('\n')).toHaveLength(1);
  expect(await checkout.status()).toMatchObject({ lens: { status: 'stopped' }, postgres: { status: 'stopped' } });
});

test('what cannot be got is told with the ways out, and the command fails', async () => {
  const { code, output } = await checkout.run(['install'], { ...environment, GO_FAILS: '1' });

  expect(code).toBe(1);
  expect(output).toContain('Could not get lens 1.2.3.');
  expect(output).toContain('set LENS_PATH to a binary that you have');
  expect(output).not.toMatch(/\bat .*:\d+:\d+/);
});
