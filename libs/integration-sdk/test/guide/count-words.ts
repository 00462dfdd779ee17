import { AsyncTaskError, TemporalAsyncTask } from '../../src/tasks/index.ts';

export const countWords = new TemporalAsyncTask({
  name: 'count_words',
  task: async ({ url }: { url: string }, { signal }) => {
    const response = await fetch(url, { signal });
    if (response.status === 404) throw new AsyncTaskError('no_page', `There is no ${url}.`, { retryable: false });
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
    return { words: (await response.text()).split(/\s+/).length };
  },
});
