import { type DurationRule, mapDuration, mapFrameRate, mapParameter } from './map-parameter.ts';
import { mapPrompt } from './map-prompt.ts';
import { mapSize, type SizeRule } from './map-size.ts';
import { originsOf } from './origins.ts';
import { mergeParts, type VideoRequestMapping } from './request-mapping.ts';

/** How an operation takes requests for a video, as a table. Its input has a field `prompt`. */
export interface VideoRequestTable {
  /** Characters. */
  maxPromptLength: number;
  duration: DurationRule;
  sizes: SizeRule;
  /** The frame rate of all its videos, where the provider's document tells it. */
  framesPerSecond?: number;
  /** Where it takes a first frame. */
  image?: { field: string; presence: 'optional' | 'required' };
  /** Names of the parameters that the provider has. */
  parameters?: Readonly<Partial<Record<'negativePrompt' | 'seed', string>>>;
}

const fields = { width: 'resolution', height: 'resolution' };

/** Makes an operation one that `POST /v1/requests { type: 'video' }` can be made of. */
export function takeVideoRequests(table: VideoRequestTable): VideoRequestMapping {
  const { duration, sizes, framesPerSecond, image, parameters = {} } = table;
  return {
    type: 'video',
    images: image?.presence ?? 'none',
    origins: originsOf({
      sizes,
      sizeField: 'resolution',
      fields: { ...parameters, duration: duration.field, image: image?.field },
    }),
    toInput: (request) => {
      const [width = 0, height = 0] = request.resolution.split('x').map(Number);
      return mergeParts([
        mapPrompt(request, table),
        mapSize({ width, height, fields }, sizes, mapDuration(request.duration, duration)),
        mapFrameRate(request.fps, framesPerSecond),
        mapParameter('negativePrompt', request.negativePrompt, parameters.negativePrompt),
        mapParameter('seed', request.seed, parameters.seed),
        mapParameter('image', request.image, image?.field),
      ]);
    },
  };
}
