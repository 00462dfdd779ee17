import { type ImageRequestTable, sizesOfShapes, takeImageRequests } from '@darkroom/integration-sdk';

/** For `nano-banana-2`, the model of an input that names none. */
const table = {
  maxPromptLength: 20_000,
  sizes: sizesOfShapes({
    ratioField: 'aspectRatio',
    ratios: ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9', '1:4', '4:1', '1:8', '8:1'],
    classField: 'resolution',
    classes: [
      { name: '1K', pixels: 1024 },
      { name: '2K', pixels: 2048 },
      { name: '4K', pixels: 4096 },
    ],
    measure: 'square',
    exact: ['1:1'],
  }),
} satisfies ImageRequestTable;

export const requestsForText = takeImageRequests(table);
export const requestsWithImages = takeImageRequests({ ...table, images: { field: 'images', presence: 'required' } });
