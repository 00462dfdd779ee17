import { type ImageRequestTable, sizesOfShapes, takeImageRequests } from '@darkroom/integration-sdk';

const table = {
  maxPromptLength: 20_000,
  // The ratios that every model of the family takes, and 1K unsaid, because not every model lets one choose.
  sizes: sizesOfShapes({
    ratioField: 'aspectRatio',
    ratios: ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'],
    classField: 'imageSize',
    classes: [
      { name: '1K', pixels: 1024, isDefault: true },
      { name: '2K', pixels: 2048 },
      { name: '4K', pixels: 4096 },
    ],
    measure: 'square',
    exact: ['1:1'],
  }),
} satisfies ImageRequestTable;

export const requestsForText = takeImageRequests(table);
export const requestsWithImages = takeImageRequests({ ...table, images: { field: 'images', presence: 'required' } });
