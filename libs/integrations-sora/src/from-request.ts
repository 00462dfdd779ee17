import { sizesOfPixels, takeVideoRequests, type VideoRequestTable } from '@darkroom/integration-sdk';

const table = {
  maxPromptLength: 32_000,
  duration: { field: 'seconds', offered: [4, 8, 12] },
  // The larger ones need sora-2-pro.
  sizes: [
    ...sizesOfPixels('size', ['1280x720', '720x1280']),
    ...sizesOfPixels('size', ['1792x1024', '1024x1792'], { onlyIfAsked: true }),
  ],
} satisfies VideoRequestTable;

export const requestsForText = takeVideoRequests(table);
export const requestsWithImage = takeVideoRequests({ ...table, image: { field: 'image', presence: 'required' } });
