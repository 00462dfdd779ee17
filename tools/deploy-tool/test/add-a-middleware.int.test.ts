import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findFreePort } from '../src/ports/free-port.ts';
import { createFixtureCheckout, type FixtureCheckout } from './fixture-checkout.ts';

let checkout: FixtureCheckout;

beforeEach(async () => {
  checkout = await createFixtureCheckout();
});

afterEach(() => checkout.remove());

test('a middleware is added by following the README, word for word', async () => {
  const port = await findFreePort();
  mkdirSync(join(checkout.root, 'deploy/drivers'));
  writeFileSync(join(checkout.root, 'deploy/drivers/greeter.driver.ts'), codeFromReadme('ts'));
  const deployFile = join(checkout.root, 'deploy/deploy.json');
  const { middleware, ...rest } = JSON.parse(readFileSync(deployFile, 'utf8')) as { middleware: object };
  const extended = { ...rest, middleware: { ...middleware, ...(JSON.parse(codeFromReadme('json')) as object) } };
  writeFileSync(deployFile, JSON.stringify(extended));

  expect(await checkout.run(['up', 'greeter'], { GREETER_PORT: String(port) })).toMatchObject({
    code: 0,
    output: expect.stringContaining(`Greeter  http://127.0.0.1:${port}`),
  });
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('good morning');
  expect(await checkout.status()).toMatchObject({
    greeter: { status: 'ready', problem: null },
    postgres: { status: 'stopped' },
  });
  expect((await checkout.run(['down', 'greeter'])).code).toBe(0);
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
});

/** The one code block of a language below the heading, without its indentation. */
function codeFromReadme(language: string): string {
  const readme = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## Add a middleware'));
  const code = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(section)?.[1];
  if (code === undefined) throw new Error(`The README has no ${language} block.`);
  return code.replaceAll(/^ {3}/gm, '');
}
