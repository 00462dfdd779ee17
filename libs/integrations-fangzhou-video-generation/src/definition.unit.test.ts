import { describe, expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { findModelFault } from './models.ts';
import { settings } from './settings.ts';

const image = 'https://a.example/1.png';

describe('the input', () => {
  const faultsOf = (operation: 'text-to-video' | 'image-to-video', input: unknown) =>
    (definition.operations[operation].input.safeParse(input).error?.issues ?? []).map(({ path }) => path.join('/'));

  test('takes a prompt alone, and everything that is documented', () => {
    expect(faultsOf('text-to-video', { prompt: 'a lighthouse at dawn' })).toEqual([]);
    const everything = {
      prompt: 'a lighthouse',
      resolution: '1080p',
      ratio: 'adaptive',
      duration: 5,
      seed: 4_294_967_295,
      cameraFixed: true,
      watermark: true,
      generateAudio: false,
      draft: true,
      returnLastFrame: true,
      serviceTier: 'flex',
      executionExpiresAfter: 259_200,
      priority: 1,
      safetyIdentifier: 'f00d',
      webSearch: true,
    };
    expect(faultsOf('text-to-video', everything)).toEqual([]);
  });

  test.each([
    ['a prompt of blanks', { prompt: ' ' }, 'prompt'],
    ['frames that are not 25 + 4n', { prompt: 'a', frames: 30 }, 'frames'],
    ['too few frames', { prompt: 'a', frames: 25 }, 'frames'],
    ['too many frames', { prompt: 'a', frames: 293 }, 'frames'],
    ['frames and a duration', { prompt: 'a', frames: 29, duration: 5 }, 'frames'],
    ['a duration in halves', { prompt: 'a', duration: 2.5 }, 'duration'],
    ['a seed below -1', { prompt: 'a', seed: -2 }, 'seed'],
    ['a task that expires at once', { prompt: 'a', executionExpiresAfter: 60 }, 'executionExpiresAfter'],
    ['an unknown resolution', { prompt: 'a', resolution: '4k' }, 'resolution'],
    ['an unknown field', { prompt: 'a', camera_fixed: true }, ''],
  ])('refuses %s with its path', (_, input, path) => {
    expect(faultsOf('text-to-video', input)).toEqual([path]);
  });

  test.each([
    ['a first frame', { firstFrame: image }],
    ['two frames', { prompt: 'a', firstFrame: image, lastFrame: image }],
    ['references', { prompt: 'a', references: [image] }],
    ['reference videos', { prompt: 'a', referenceVideos: [image] }],
    ['an upload', { firstFrame: { uploadId: 'upl_01h455vb4pex5vsknk084sn02q' } }],
  ])('of a video from images takes %s', (_, input) => {
    expect(faultsOf('image-to-video', input)).toEqual([]);
  });

  test.each([
    ['no image', { prompt: 'a' }, 'firstFrame'],
    ['a last frame alone', { lastFrame: image, references: [image] }, 'lastFrame'],
    ['references beside frames', { firstFrame: image, references: [image] }, 'references'],
    ['reference videos beside frames', { firstFrame: image, referenceVideos: [image] }, 'referenceVideos'],
    ['ten references', { references: Array.from({ length: 10 }, () => image) }, 'references'],
    ['an address that is none', { firstFrame: '1.png' }, 'firstFrame'],
  ])('of a video from images refuses %s', (_, input, path) => {
    expect(faultsOf('image-to-video', input)).toEqual([path]);
  });
});

test.each([
  ['doubao-seedance-1-0-pro-250528', { generateAudio: true }, '/input/generateAudio: '],
  ['doubao-seedance-1-0-pro-250528', { frames: 29 }, undefined],
  ['doubao-seedance-1-5-pro-251215', { frames: 29 }, '/input/frames: '],
  ['doubao-seedance-2-0-260128', { frames: 29 }, '/input/frames: '],
  ['ep-20260514-abcde', { frames: 29, generateAudio: true }, undefined],
])('%s and %j: what a model does not take is said before anything is paid', (model, input, fault) => {
  const found = findModelFault({ prompt: 'a', ...input }, model);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(fault);
});

test('every setting is required, and the simulator has each of them', () => {
  const simulated: Record<string, string> = definition.simulatorSettings('http://127.0.0.1:3900', {});
  for (const [name, { schema }] of Object.entries(settings)) {
    expect(schema.safeParse(undefined).success).toBe(false);
    expect(schema.safeParse(simulated[name]).success).toBe(true);
  }
});
