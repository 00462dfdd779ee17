import { type OfferedSize, takeVideoRequests, type VideoRequestTable } from '@darkroom/integration-sdk';

const inEightSeconds = { durationSeconds: 8 };
const sizes: OfferedSize[] = [
  { width: 1280, height: 720, input: { aspectRatio: '16:9', resolution: '720p' } },
  { width: 720, height: 1280, input: { aspectRatio: '9:16', resolution: '720p' } },
  { width: 1920, height: 1080, input: { aspectRatio: '16:9', resolution: '1080p' }, onlyWith: inEightSeconds },
  { width: 1080, height: 1920, input: { aspectRatio: '9:16', resolution: '1080p' }, onlyWith: inEightSeconds },
  // Not every model makes them.
  {
    width: 3840,
    height: 2160,
    input: { aspectRatio: '16:9', resolution: '4k' },
    onlyWith: inEightSeconds,
    onlyIfAsked: true,
  },
  {
    width: 2160,
    height: 3840,
    input: { aspectRatio: '9:16', resolution: '4k' },
    onlyWith: inEightSeconds,
    onlyIfAsked: true,
  },
];

const table = {
  maxPromptLength: 20_000,
  duration: { field: 'durationSeconds', offered: [4, 6, 8] },
  sizes,
  framesPerSecond: 24,
  parameters: { negativePrompt: 'negativePrompt' },
} satisfies VideoRequestTable;

export const requestsForText = takeVideoRequests(table);
export const requestsWithImage = takeVideoRequests({ ...table, image: { field: 'image', presence: 'required' } });
