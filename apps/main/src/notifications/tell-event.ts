import type { AccountEvent } from '@darkroom/contract';
import { artifactsIn } from '../artifacts/artifacts-in.ts';
import { batchPage, callPage } from '../page/page-addresses.ts';
import type { EventSubject } from './webhook-body.ts';

/** An event in words, for people: plain texts that whoever shows them has to escape. */
export interface ToldEvent {
  /** `nanobanana2/text-to-image completed`. */
  title: string;
  /** What was asked for, shortened. */
  prompt: string | undefined;
  lines: string[];
  links: { label: string; url: string }[];
}

const maxPromptLength = 300;
const maxLineLength = 500;
const maxLinks = 10;

/**
 * The links lead to the page of the call or the batch, which asks whoever is not signed in for a key, and which has the files too; where no page is
 * served, to the API.
 */
export function tellEvent(
  event: AccountEvent,
  { call, batch }: EventSubject,
  { baseUrl, hasPage }: { baseUrl: string; hasPage: boolean },
): ToldEvent {
  const what = event.type.slice(event.type.indexOf('.') + 1).replaceAll('_', ' ');
  if (call === undefined) {
    const id = 'batchId' in event ? event.batchId : '';
    const counts = countsIn(batch ?? event.data);
    return {
      title: `Batch ${id} ${what}`,
      prompt: undefined,
      lines: counts,
      links: [{ label: 'The batch', url: `${baseUrl}${hasPage ? batchPage(id) : `/v1/batches/${id}`}` }],
    };
  }
  const { prompt } = call.input;
  return {
    title: `${call.integration}/${call.operation} ${what}`,
    prompt: typeof prompt === 'string' ? shorten(oneLine(prompt), maxPromptLength) : undefined,
    lines: [
      ...(call.error === undefined ? [] : [shorten(`${call.error.code}: ${call.error.message}`, maxLineLength)]),
      ...(call.simulated ? ['The provider was simulated.'] : []),
    ],
    links: hasPage
      ? [{ label: 'The call', url: `${baseUrl}${callPage(call.id)}` }]
      : [{ label: 'The call', url: call.urls.self }, ...filesIn(call.output)].slice(0, maxLinks),
  };
}

function countsIn({ calls }: { calls?: unknown }): string[] {
  if (typeof calls !== 'object' || calls === null) return [];
  const counts = Object.entries(calls).filter(([, count]) => typeof count === 'number' && count > 0);
  return counts.length === 0 ? [] : [`Calls: ${counts.map(([name, count]) => `${count} ${name}`).join(', ')}`];
}

function filesIn(output: unknown): ToldEvent['links'] {
  const files = artifactsIn(output).filter(({ url }) => url !== undefined);
  return files.map(({ url = '', role = 'result' }, index) => ({
    label: files.length === 1 ? 'The file' : `File ${index + 1} (${role.replaceAll('_', ' ')})`,
    url,
  }));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function shorten(text: string, length: number): string {
  const letters = [...text];
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`;
}
