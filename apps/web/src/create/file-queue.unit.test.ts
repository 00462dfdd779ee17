import { expect, test } from '@jest/globals';
import type { Upload } from '@darkroom/client';
import { askBeforeLeaving } from './ask-before-leaving.ts';
import { FileQueue, stoppedOf } from './file-queue.ts';
import type { MediaField } from './form-model.ts';
import { type MediaValue, mediaKey } from './media-value.ts';

const field: MediaField = {
  name: 'images',
  kind: 'media',
  media: 'image',
  required: false,
  description: undefined,
  isPrimary: true,
  isMask: false,
  limits: {},
  isList: true,
  fewest: 0,
  most: 4,
};
const fileOf = (name: string, type = 'image/png') => new File([name], name, { type });
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A queue whose uploads a test answers by hand, by the name of the file. */
function aQueue() {
  const answers = new Map<string, { resolve: (upload: Upload) => void; reject: (fault: Error) => void }>();
  const signals = new Map<string, AbortSignal>();
  const done: string[] = [];
  const opened: string[] = [];
  const previews = new Set<string>();
  let drawn = 0;
  const queue = new FileQueue({
    uploadLimits: () => ({ maxImageBytes: 30 * 1024 * 1024, maxVideoBytes: 200 * 1024 * 1024 }),
    measure: ({ name }) => {
      opened.push(name);
      return Promise.resolve({ width: 8, height: 8 });
    },
    upload: ({ name }, { signal }) => {
      signals.set(name, signal);
      return new Promise((resolve, reject) => answers.set(name, { resolve, reject }));
    },
    onDone: (_field, value: MediaValue) => done.push(mediaKey(value)),
    toFault: () => ({ code: 'upload_failed' }),
    drawKey: () => `file-${(drawn += 1)}`,
    previews: {
      createObjectURL: () => {
        const url = `blob:${previews.size}-${drawn}`;
        previews.add(url);
        return url;
      },
      revokeObjectURL: (url) => void previews.delete(url),
    },
  });
  const store = async (name: string) => {
    answers.get(name)?.resolve({ id: name, contentType: 'image/png', width: 8, height: 8 } as Upload);
    await settled();
  };
  const lose = async (name: string) => {
    answers.get(name)?.reject(new Error('The network is away.'));
    await settled();
  };
  const add = async (...names: string[]) => {
    queue.add(
      field,
      names.map((name) => fileOf(name)),
    );
    await settled();
  };
  return { queue, add, store, lose, done, opened, signals, previews };
}

test('files join in the order in which they were chosen, whichever upload ends first', async () => {
  const { queue, add, store, done } = aQueue();
  await add('1', '2', '3');
  await store('3');
  await store('2');
  expect([done, queue.read().map(({ state }) => state)]).toEqual([[], ['uploading', 'stored', 'stored']]);
  await store('1');

  expect([done, queue.read()]).toEqual([['1', '2', '3'], []]);
});

test('a file that was removed while it was sent never comes', async () => {
  const { queue, add, store, done, signals, previews } = aQueue();
  await add('1', '2');
  await store('2');
  queue.remove(queue.read()[0]?.id ?? '');
  expect([signals.get('1')?.aborted, done]).toEqual([true, ['2']]);
  await store('1');

  expect([done, queue.read(), previews.size]).toEqual([['2'], [], 0]);
});

test('starting over takes back all that is on its way', async () => {
  const { queue, add, store, done } = aQueue();
  await add('1', '2');
  await store('2');
  queue.removeAll();
  await store('1');

  expect([done, queue.read()]).toEqual([[], []]);
});

test('each that has stopped says why, not only the first', async () => {
  const { queue, add, store, lose } = aQueue();
  await add('1', '2', '3');
  await lose('3');
  await lose('1');
  await store('2');

  expect(stoppedOf(queue.read()).map(({ file, fault }) => [file.name, fault.code])).toEqual([
    ['1', 'upload_failed'],
    ['3', 'upload_failed'],
  ]);
});

test('one that has stopped holds up nobody, and may be sent again', async () => {
  const { queue, add, store, lose, done } = aQueue();
  await add('1', '2');
  await store('2');
  await lose('1');
  const [stopped] = queue.read();
  expect([done, stopped?.state, stopped?.fault]).toEqual([['2'], 'stopped', { code: 'upload_failed' }]);
  if (stopped) queue.retry(stopped);
  await settled();
  await store('1');

  expect(done).toEqual(['2', '1']);
});

test('what is refused before it is sent is not sent, nor opened for its kind', async () => {
  const { queue, opened, signals } = aQueue();
  queue.add(field, [fileOf('moving.gif', 'image/gif')]);
  await settled();

  expect([queue.read()[0]?.fault?.code, opened, signals.size]).toEqual(['file_type', [], 0]);
});

test('whoever leaves the page is asked as long as a file is on its way, and no longer', async () => {
  const { queue, add, store, lose } = aQueue();
  const page = new EventTarget();
  askBeforeLeaving(page, queue);
  const isAsked = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(isAsked()).toBe(false);
  await add('1', '2');
  expect(isAsked()).toBe(true);
  await store('1');
  expect(isAsked()).toBe(true);
  await lose('2');

  expect(isAsked()).toBe(false);
});
