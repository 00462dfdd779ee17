import { type CountRule, mapCount, mapParameter } from './map-parameter.ts';
import { mapPrompt } from './map-prompt.ts';
import { mapSize, type SizeRule } from './map-size.ts';
import { originsOf } from './origins.ts';
import { type ImageRequestMapping, mergeParts } from './request-mapping.ts';

/** How an operation takes requests for images, as a table. Its input has a field `prompt`. */
export interface ImageRequestTable {
  /** Characters. */
  maxPromptLength: number;
  sizes: SizeRule;
  /** Where several are made at once. */
  count?: CountRule;
  /** Where it takes images. */
  images?: { field: string; presence: 'optional' | 'required' };
  /** Names of the parameters that the provider has. */
  parameters?: Readonly<Partial<Record<'negativePrompt' | 'seed' | 'steps', string>>>;
}

const fields = { width: 'width', height: 'height' };

/** Makes an operation one that `POST /v1/requests { type: 'image' }` can be made of. */
export function takeImageRequests(table: ImageRequestTable): ImageRequestMapping {
  const { sizes, count, images, parameters = {} } = table;
  return {
    type: 'image',
    images: images?.presence ?? 'none',
    origins: originsOf({
      sizes,
      sizeField: 'width',
      fields: { ...parameters, numImages: count?.field, images: images?.field },
    }),
    toInput: (request) =>
      mergeParts([
        mapPrompt(request, table),
        mapSize({ ...request, fields }, sizes),
        mapCount('numImages', request.numImages, count),
        mapParameter('steps', request.steps, parameters.steps),
        mapParameter('negativePrompt', request.negativePrompt, parameters.negativePrompt),
        mapParameter('seed', request.seed, parameters.seed),
        mapParameter('images', request.images, images?.field),
      ]),
  };
}
