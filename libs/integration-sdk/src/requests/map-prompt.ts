import { type MappedPart, notHonoured } from './request-mapping.ts';

/**
 * The prompt, with the style as its last words: the models have no parameter for it, and are told of it like this. A prompt that leaves
 * no room for it goes without.
 */
export function mapPrompt(
  { prompt, style }: { prompt: string; style: string },
  { maxPromptLength }: { maxPromptLength: number },
): MappedPart {
  const styled = `${prompt.trimEnd()}\n\nStyle: ${style}`;
  if (styled.length > maxPromptLength)
    return {
      input: { prompt },
      ...notHonoured('style', 'The prompt is so long that it leaves no room for the style.'),
    };
  return { input: { prompt: styled }, honouredAs: [{ field: 'style', as: 'the last words of the prompt' }] };
}
