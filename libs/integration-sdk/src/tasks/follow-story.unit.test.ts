import { describe, expect, test } from '@jest/globals';
import { followStory } from './follow-story.ts';
import { AsyncTaskStepError } from './task-errors.ts';
import type { AsyncTaskFunction, AsyncTaskStep } from './task-function.ts';
import type { StepRecord } from './task-story.ts';

const context = { taskId: 'one', attempt: 1, signal: new AbortController().signal };

function follow(task: AsyncTaskFunction<never, unknown>, records: StepRecord[], params: unknown = {}) {
  return followStory(task, { params, context, records });
}

const called: string[] = [];
async function* three(params: { from: number }): AsyncGenerator<AsyncTaskStep, unknown, unknown> {
  const one = yield { key: 'one', call: () => called.push('one') };
  const two = yield { key: 'two', call: () => called.push('two') };
  yield { key: 'three', call: () => called.push('three') };
  return { from: params.from, one, two };
}
const completed = (key: string, value?: unknown): StepRecord => ({ key, outcome: 'completed', value });

describe('a replay', () => {
  test('reaches the step after the recorded ones, with their results, and calls none of them', async () => {
    const two = [completed('one', 1), completed('two', 2)];
    expect(await follow(three, two, { from: 0 })).toMatchObject({ done: false, value: { key: 'three' } });
    const ended = await follow(three, [...two, completed('three', 3)], { from: 0 });
    expect(ended).toEqual({ done: true, value: { from: 0, one: 1, two: 2 } });
    expect(called).toEqual([]);
  });

  test.each<[string, StepRecord[], string]>([
    ['another key', [completed('eins')], 'yields "one" where "eins" is recorded'],
    [
      'fewer steps',
      [completed('one'), completed('two'), completed('three'), completed('four')],
      'ends where "four" is recorded',
    ],
  ])('of code that yields %s is refused, and no attempt would help', async (_what, records, message) => {
    const refused = follow(three, records);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ code: 'steps_changed', retryable: false });
  });

  test('throws a failure that is recorded into the code, which may go on', async () => {
    async function* careful() {
      try {
        yield { key: 'first', call: () => 1 };
      } catch (error) {
        if (error instanceof AsyncTaskStepError) yield { key: `after ${error.step} ${error.code}`, call: () => 2 };
      }
      return 'done';
    }
    const failed: StepRecord = { key: 'first', outcome: 'failed', error: { code: 'no_luck', message: 'none' } };
    expect(await follow(careful, [failed])).toMatchObject({ value: { key: 'after first no_luck' } });
    expect((await follow(careful, [failed, completed('after first no_luck')])).value).toBe('done');
  });

  test.each<[string, AsyncTaskFunction<never, unknown>, string]>([
    [
      'a key that is taken',
      async function* () {
        yield { key: 'same', call: () => 1 };
        yield { key: 'same', call: () => 1 };
        return 1;
      },
      'duplicate_step',
    ],
    [
      'what is no step',
      async function* () {
        yield { key: 'same', call: () => 1 };
        yield { key: '' } as never;
        return 1;
      },
      'invalid_step',
    ],
  ])('refuses %s', async (_what, task, code) => {
    await expect(follow(task, [completed('same')])).rejects.toMatchObject({ code, retryable: false });
  });

  test('of a function is its one step, and a generator in disguise is refused when it is called', async () => {
    const turn = await follow(async ({ value }: { value: number }) => value * 2, [], { value: 4 });
    if (turn.done === true) throw new Error('A function is one step.');
    expect(await turn.value.call(context)).toBe(8);
    const disguised = await follow(() => three({ from: 1 }), []);
    if (disguised.done === true) throw new Error('A function is one step.');
    await expect(disguised.value.call(context)).rejects.toMatchObject({ code: 'invalid_task' });
  });
});
