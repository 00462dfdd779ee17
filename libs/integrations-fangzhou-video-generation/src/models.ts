import type { VideoInput } from './input.schema.ts';

/** Seedance 1.0 and Wan take how the video is to look as flags in the text; later models, and endpoints (`ep-…`), as fields. */
export function takesFlags(model: string): boolean {
  return /seedance-1-0|wan2/.test(model);
}

/** What the configured model does not take, by the provider's document. */
export function findModelFault(input: VideoInput, model: string): string | undefined {
  const refuse = (field: string) => `/input/${field}: the model ${model} does not take it. Leave it out.`;
  if (takesFlags(model) && input.generateAudio !== undefined) return refuse('generateAudio');
  if (/seedance-(1-5|2-0)/.test(model) && input.frames !== undefined) return refuse('frames');
  return undefined;
}
