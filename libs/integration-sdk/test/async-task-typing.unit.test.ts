import { expect, test } from '@jest/globals';
import { AsyncTaskComponent, step, TemporalAsyncTask } from '../src/tasks/index.ts';

interface Params {
  topic: string;
}
interface Result {
  words: number;
}

/** Never called: the type check reads it. A line that is wrongly accepted makes its `@ts-expect-error` an error. */
export async function whatTypesAllow(task: TemporalAsyncTask<Params, Result>): Promise<void> {
  await task.submit({ topic: 'tides' }, { taskId: 'one' });
  // @ts-expect-error the params of the task are an object
  await task.submit('tides');
  // @ts-expect-error the topic is a text
  await task.submit({ topic: 5 });

  const status = await task.getStatus('one');
  if (status.status === 'completed') {
    const words: number = status.result.words;
    // @ts-expect-error the result has no pages
    const pages: number = status.result.pages;
    void [words, pages];
  }
  if (status.status === 'failed') void status.error.code.length;
  // @ts-expect-error a status that may be another one has no result for sure
  void status.result.words;
  new AsyncTaskComponent().registerAll([task, new TemporalAsyncTask({ name: 'other', task: async () => 1 })]);
}

test('params and results of a function flow to submit and getStatus', () => {
  const task = new TemporalAsyncTask({
    name: 'count',
    task: async ({ topic }: Params, { attempt, signal, taskId }) => ({ words: topic.length, attempt, signal, taskId }),
  });
  const flows: TemporalAsyncTask<Params, Result> = task;
  // @ts-expect-error the result is an object
  const doesNot: TemporalAsyncTask<Params, string> = task;
  expect([flows.getName(), doesNot.getName()]).toEqual(['count', 'count']);
});

test('params and results of a generator do so too, and `step` gives the type of each step', () => {
  const task = new TemporalAsyncTask({
    name: 'count',
    task: async function* ({ topic }: Params) {
      const text = yield* step('write', async () => `about ${topic}`);
      // @ts-expect-error the text is no number
      const wrong: number = text;
      const plain = yield { key: 'count', call: () => text.length };
      // @ts-expect-error what a bare yield gives is unknown: parse it, or use `step`
      const alsoWrong: number = plain;
      return { words: text.length, wrong, alsoWrong };
    },
  });
  const flows: TemporalAsyncTask<Params, Result> = task;
  expect(flows.isMultiStep()).toBe(true);
});

test('a generator may name its types on the task', () => {
  const task = new TemporalAsyncTask<Params, Result>({
    name: 'count',
    async *task({ topic }) {
      const words = yield* step('count', () => topic.length);
      return { words };
    },
  });
  // @ts-expect-error a task has one result
  void new TemporalAsyncTask<Params, Result>({ name: 'count', task: async () => ({ pages: 1 }) });
  expect(task.isMultiStep()).toBe(true);
});
