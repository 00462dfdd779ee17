import type { VideoInput } from './input.schema.ts';

/** Seedance 1.0 and Wan take how the video is to look as flags in the text; later models, and endpoints (`ep-…`), as fields. */
export const modelsWithFlags = /seedance-1-0|wan2/;

/** What models do not take, by the provider's document. */
const untaken = [
  { models: modelsWithFlags, field: 'generateAudio' },
  { models: /seedance-(1-5|2-0)/, field: 'frames' },
] as const;

export function findModelFault(input: VideoInput, model: string): string | undefined {
  const fault = untaken.find(({ models, field }) => models.test(model) && input[field] !== undefined);
  return fault && `/input/${fault.field}: the model ${model} does not take it. Leave it out.`;
}
