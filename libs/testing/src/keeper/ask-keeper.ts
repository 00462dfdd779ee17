import type { TestObjectStoreAccess } from '../middleware/test-object-store.ts';

/** What the keeper gives to a test file that asks. */
export interface Kept {
  readonly postgres: { readonly port: number };
  /** With a namespace of the file's own. */
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly objectStore: TestObjectStoreAccess;
}

/** Asks the keeper of this Jest run for one of its middlewares, which it starts where nobody has asked before. */
export async function askKeeper<Kind extends keyof Kept>(kind: Kind): Promise<Kept[Kind]> {
  // Set by jest/start-keeper.mjs.
  const url = process.env['DARKROOM_TEST_KEEPER'];
  if (!url) {
    throw new Error(
      'No middleware is shared in this run: spread `sharedMiddleware` of jest.preset.mjs into the jest.config.mjs of this project.',
    );
  }
  const response = await fetch(`${url}/${kind}`, { method: 'POST' });
  const answer = await response.text();
  if (!response.ok) throw new Error(`The ${kind} that is shared in this run could not be had: ${answer}`);
  return JSON.parse(answer) as Kept[Kind];
}
