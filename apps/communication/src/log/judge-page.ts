import { accountSubject } from '@darkroom/contract';
import type { LogPage } from './log-page.ts';
import type { LogReader } from './log-reader.ts';

/** What a page that was read behind a reader's cursor says of that cursor. */
export type PageVerdict = 'whole' | 'removed' | 'ahead';

/**
 * Whether the page is all that there is behind the cursor. Where retention has removed events behind it, the first event can still show that
 * none of this subject's is missing before it.
 */
export function judgePage(
  page: LogPage,
  reader: Pick<LogReader, 'subject' | 'cursor' | 'lastCallSequence'>,
): PageVerdict {
  const [first] = page.events;
  if (first === undefined && page.head < reader.cursor) return 'ahead';
  if (page.removedThrough <= reader.cursor) return 'whole';
  if (first === undefined) return 'removed';
  if (reader.subject === accountSubject) return first.sequence === reader.cursor + 1 ? 'whole' : 'removed';
  const follows = reader.lastCallSequence !== undefined && first.callSequence === reader.lastCallSequence + 1;
  return first.isFirst || follows ? 'whole' : 'removed';
}
