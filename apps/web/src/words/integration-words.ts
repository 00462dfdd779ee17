import type { Integration, IntegrationOperation } from '@darkroom/contract';
import type { Words } from './words.ts';

/** What an operation is called in the page's language; the server's own title where that is not known. */
export function sayOperation(
  { name, title }: Pick<IntegrationOperation, 'name' | 'title'>,
  { integrations }: Words,
): string {
  return integrations.operations[name] ?? title;
}

/** What an integration is, in a sentence. */
export function sayIntegration(
  { name, description }: Pick<Integration, 'name' | 'description'>,
  { integrations }: Words,
): string {
  return integrations.descriptions[name] ?? description;
}
