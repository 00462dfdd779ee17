import { type AccountNews, accountNewsSchema } from '@darkroom/contract';

/** No line that is meant is longer. */
const longestLine = 4096;

/** Splits what comes of `/internal/news` into its lines. A blank one, which says no more than that the connection lives, is left out. */
export async function* readNewsLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<AccountNews> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error('A line of the news does not end.');
    for (const line of lines) {
      const news = line === '' ? undefined : toNews(line);
      if (news !== undefined) yield news;
    }
  }
}

/** News as they are written; undefined for a text that is none. */
export function toNews(text: string): AccountNews | undefined {
  try {
    return accountNewsSchema.parse(JSON.parse(text));
  } catch {
    // News are a hint: the comparison finds what a garbled one meant.
    return undefined;
  }
}
