import { type ImageRequestTable, takeImageRequests } from '@darkroom/integration-sdk';
import { fewestPixels, maxPromptLength, mostElongated, mostImages, mostPixels } from './input.schema.ts';

const table = {
  maxPromptLength,
  sizes: { field: 'size', fewestPixels, mostPixels, mostElongated },
  count: { field: 'count', most: mostImages, remark: 'The model decides how many it makes, up to this many.' },
} satisfies ImageRequestTable;

export const requestsForText = takeImageRequests(table);
export const requestsWithImages = takeImageRequests({ ...table, images: { field: 'images', presence: 'required' } });
