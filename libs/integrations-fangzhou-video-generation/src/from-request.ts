import { sizesOfShapes, takeVideoRequests, type VideoRequestTable } from '@darkroom/integration-sdk';

const table = {
  maxPromptLength: 10_000,
  // The lengths that every model of the family makes.
  duration: { field: 'duration', offered: [4, 5, 6, 7, 8, 9, 10, 11, 12] },
  sizes: sizesOfShapes({
    ratioField: 'ratio',
    ratios: ['16:9', '4:3', '1:1', '3:4', '9:16', '21:9'],
    classField: 'resolution',
    classes: [
      { name: '480p', pixels: 480 },
      { name: '720p', pixels: 720 },
      { name: '1080p', pixels: 1080 },
    ],
    measure: 'shorterSide',
  }),
  framesPerSecond: 24,
  parameters: { seed: 'seed' },
} satisfies VideoRequestTable;

export const requestsForText = takeVideoRequests(table);
export const requestsWithImage = takeVideoRequests({ ...table, image: { field: 'firstFrame', presence: 'required' } });
