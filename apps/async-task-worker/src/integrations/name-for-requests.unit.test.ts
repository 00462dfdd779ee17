import { defineIntegration } from '@darkroom/integration-sdk';
import { definition as fangzhou } from '@darkroom/integrations-fangzhou-video-generation';
import { definition as nanoBanana } from '@darkroom/integrations-nano-banana';
import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { definition as seedream } from '@darkroom/integrations-seedream';
import { definition as sora } from '@darkroom/integrations-sora';
import { definition as veo } from '@darkroom/integrations-veo';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { aliasesOf, withSimulator } from './integration-settings.ts';
import { nameForRequests } from './name-for-requests.ts';
import { readCredentials } from './read-credentials.ts';

const text = { schema: z.string().min(3), description: 'For tests.', example: 'example' };
const integrationOf = (name: string, settings: string[]) => ({
  packageName: name,
  taskQueue: name,
  definition: defineIntegration({
    name,
    title: name,
    description: 'For tests.',
    settings: Object.fromEntries(
      settings.map((variable) => [variable, { ...text, variable, secret: variable.endsWith('KEY') }]),
    ),
    simulatorSettings: () => Object.fromEntries(settings.map((variable) => [variable, 'simulated'])),
    operations: {},
  }),
});
const painter = integrationOf('painter', ['PAINTER_API_KEY', 'PAINTER_BASE_URL', 'PAINTER_MODEL']);
const keyless = integrationOf('keyless', ['KEYLESS_MODEL']);

interface Given {
  image?: string;
  video?: string;
  environment: Record<string, string>;
}
function namedFor({ image, video, environment }: Given) {
  return nameForRequests([painter, keyless], {
    requests: { imageProvider: image, videoProvider: video },
    requestProviders: {
      imageBaseUrl: environment['IMAGE_API_BASE_URL'],
      imageApiKey: environment['IMAGE_API_KEY'],
      videoBaseUrl: environment['VIDEO_API_BASE_URL'],
      videoApiKey: environment['VIDEO_API_KEY'],
    },
  });
}
function read(given: Given) {
  const [first = painter] = namedFor(given).collected;
  return readCredentials(first.definition, { PAINTER_MODEL: 'oil', ...given.environment });
}
const own = { PAINTER_API_KEY: 'key-one', PAINTER_BASE_URL: 'https://a.example' };
const others = { IMAGE_API_KEY: 'key-one', IMAGE_API_BASE_URL: 'https://a.example' };

test.each([fangzhou, nanoBanana, nanobanana2, seedream, sora, veo])(
  'the address and the key of $name, and nothing else, have other names where it makes requests',
  (definition) => {
    const named = nameForRequests([{ definition, packageName: '', taskQueue: '' }], {
      requests: { imageProvider: definition.name, videoProvider: undefined },
      requestProviders: {
        imageBaseUrl: undefined,
        imageApiKey: undefined,
        videoBaseUrl: undefined,
        videoApiKey: undefined,
      },
    });
    const aliases = Object.values(named.collected[0]?.definition.settings ?? {}).flatMap(aliasesOf);
    expect(aliases.sort()).toEqual(['IMAGE_API_BASE_URL', 'IMAGE_API_KEY']);
  },
);

describe('IMAGE_API_BASE_URL and IMAGE_API_KEY', () => {
  test('configure the integration that IMAGE_PROVIDER names, with the same credentials as its own names', () => {
    const byOthers = read({ image: 'painter/paint', environment: others });
    expect(byOthers).toMatchObject({
      status: 'valid',
      credentials: { settings: { PAINTER_API_KEY: 'key-one', PAINTER_BASE_URL: 'https://a.example' } },
    });
    expect(byOthers).toEqual(read({ image: 'painter', environment: own }));
    expect(byOthers).toEqual(read({ image: 'painter', environment: { ...own, ...others } }));
  });

  test('configure nobody else', () => {
    expect(read({ image: 'keyless', environment: others })).toMatchObject({
      status: 'faulty',
      faults: [{ variable: 'PAINTER_API_KEY' }, { variable: 'PAINTER_BASE_URL' }],
    });
  });

  test.each<[string, Given]>([
    ['PAINTER_API_KEY and IMAGE_API_KEY', { image: 'painter', environment: { ...own, IMAGE_API_KEY: 'key-two' } }],
    [
      'PAINTER_BASE_URL and VIDEO_API_BASE_URL',
      { video: 'painter', environment: { ...own, VIDEO_API_BASE_URL: 'https://b.example' } },
    ],
    [
      'IMAGE_API_KEY and VIDEO_API_KEY',
      { image: 'painter', video: 'painter/film', environment: { ...others, VIDEO_API_KEY: 'key-two' } },
    ],
  ])('are refused where two names hold different values, naming both: %s', (variable, given) => {
    expect(read(given)).toMatchObject({
      status: 'faulty',
      faults: [{ variable, problem: 'are set to different values' }],
    });
  });

  test('are refused where nobody is named, or where the integration has no such setting', () => {
    expect(namedFor({ environment: others }).faults).toMatchObject([
      { variable: 'IMAGE_API_BASE_URL', problem: expect.stringContaining('IMAGE_PROVIDER is not') },
      { variable: 'IMAGE_API_KEY', problem: expect.stringContaining('IMAGE_PROVIDER is not') },
    ]);
    expect(namedFor({ image: 'keyless', environment: { IMAGE_API_KEY: 'key-one' } }).faults).toMatchObject([
      { variable: 'IMAGE_API_KEY', problem: 'is set, and keyless has no such setting' },
    ]);
    expect(namedFor({ image: 'elsewhere', environment: others }).faults).toEqual([]);
    expect(namedFor({ image: 'painter', environment: others }).faults).toEqual([]);
  });

  test('are today’s: the credentials before them have the name of the integration’s own setting', () => {
    const before = read({ image: 'painter', environment: others });
    const now = read({
      image: 'painter',
      environment: { ...others, IMAGE_API_KEY: 'key-two', PAINTER_API_KEY_PREVIOUS: 'key-one' },
    });
    if (before.status === 'faulty' || now.status === 'faulty') throw new Error('The settings are faulty.');
    expect(now.credentials.previous?.credentialId).toBe(before.credentials.credentialId);
    expect(now.credentials.secrets).toEqual(expect.arrayContaining(['key-one', 'key-two']));
  });

  test('never reach the simulator', () => {
    const { collected } = namedFor({ image: 'painter', environment: others });
    const definitions = collected.map(({ definition }) => definition);
    const environment = withSimulator(others, { definitions, simulatorUrl: 'http://127.0.0.1:3900' });
    expect(readCredentials(definitions[0] ?? painter.definition, environment)).toMatchObject({
      status: 'valid',
      credentials: { settings: { PAINTER_API_KEY: 'simulated', PAINTER_BASE_URL: 'simulated' } },
    });
  });
});
