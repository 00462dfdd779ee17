import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { createPool } from '@darkroom/platform-postgres';
import { describe, expect, test } from '@jest/globals';
import { createIntegrationCatalog } from '../integrations/integration-catalog.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { readItem } from './read-item.ts';
import { createRequestCatalog } from './request-catalog.ts';

const catalog = createIntegrationCatalog({ definitions: [nanobanana2], enabled: [nanobanana2], overrules: {} });
const options = {
  catalog,
  requestCatalog: createRequestCatalog({
    catalog,
    providers: { image: 'nanobanana2', video: undefined },
    simulated: false,
  }),
  accountId: 'alpha',
  // Nobody listens there: only an item that names uploads asks.
  pool: createPool({
    connectionString: 'postgresql://127.0.0.1:9',
    max: 1,
    applicationName: 'test',
    onConnectionLost: () => undefined,
  }),
  allowOrigins: [],
  publicBaseUrl: undefined,
  simulated: false,
  sendsEmail: false,
};
const read = (item: unknown) => readItem(item, ['calls', 41], options);
const faultsOf = async (item: unknown) => {
  const refusal = await read(item).catch((error: unknown) => error);
  return refusal instanceof ProblemError ? refusal.toProblem().errors?.map(({ path }) => path) : refusal;
};

const call = { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt: 'a fox' } };
const request = { type: 'image', prompt: 'a fox', requestId: 'fox', userId: 'ada' };

describe('an item of several', () => {
  test('is a call, or a request that becomes one', async () => {
    expect(await read(call)).toMatchObject(call);
    expect(await read(request)).toMatchObject({
      ...call,
      input: { prompt: 'a fox\n\nStyle: photorealistic' },
      madeOf: { requestId: 'fox', userId: 'ada', fulfilment: { type: 'image', notHonoured: [] } },
    });
  });

  test.each<[string, unknown, string[]]>([
    ['a call', { ...call, input: { prompt: '' }, colour: 'red' }, ['/calls/41/colour', '/calls/41/input/prompt']],
    ['a call of nobody', { ...call, integration: 'midday' }, ['/calls/41/integration']],
    ['a request', { ...request, width: 0, prompt: ' ' }, ['/calls/41/prompt', '/calls/41/width']],
    ['a request that its provider refuses', { ...request, prompt: 'a'.repeat(20_001) }, ['/calls/41/prompt']],
    ['a request that nobody makes', { type: 'video', prompt: 'a' }, ['/calls/41/provider']],
    ['no object at all', 7, ['/calls/41']],
  ])('tells the faults of %s from where it stands', async (_name, item, paths) => {
    expect(((await faultsOf(item)) as string[]).sort()).toEqual(paths);
  });

  test('is read without any I/O: ten thousand are', async () => {
    const items = Array.from({ length: 10_000 }, (_, index) => ({ ...request, requestId: `fox ${index}` }));
    expect(await Promise.all(items.map(read))).toHaveLength(10_000);
  });
});
