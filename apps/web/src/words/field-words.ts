import type { Choice, Field } from '../create/form-model.ts';
import type { Words } from './words.ts';

/** What a field is called: its known name, or its own one in words. */
export function sayField(name: string, { fields }: Words): string {
  return fields.names[name] ?? inWords(name);
}

export function sayHint(
  { name, description }: Pick<Field, 'name' | 'description'>,
  { fields }: Words,
): string | undefined {
  return fields.hints[name] ?? description;
}

/** What a choice is called. A number of seconds says so. */
export function sayChoice(field: Pick<Field, 'name'>, choice: Choice, { fields }: Words): string {
  if (typeof choice === 'number')
    return /second|duration/i.test(field.name) ? fields.secondsValue(choice) : String(choice);
  return fields.values[choice] ?? choice;
}

/** `motionStrength` is "Motion strength". */
function inWords(name: string): string {
  const words = name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, (_all, low: string, high: string) => `${low} ${high.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
