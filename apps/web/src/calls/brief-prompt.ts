const longest = 60;

/** A prompt, or its beginning, in at most 60 characters: enough to tell calls apart by ear. */
export function briefPrompt(prompt: string): string {
  const characters = [...prompt];
  if (characters.length <= longest) return prompt;
  const beginning = characters.slice(0, longest - 1).join('');
  const words = beginning.replace(/\s\S{0,15}$/u, '');
  return `${words.trimEnd()}…`;
}
