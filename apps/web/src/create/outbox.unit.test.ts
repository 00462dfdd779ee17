import { expect, test } from '@jest/globals';
import { aCall } from '../../test/call-builders.ts';
import { Outbox, type OutboxItem, type OutboxStorage, type SendResult } from './outbox.ts';

const request = { integration: 'alpha', operation: 'text-to-image', input: { prompt: 'a fox' } };

function memory(): OutboxStorage {
  const kept = new Map<string, string>();
  return {
    names: (beginning) => [...kept.keys()].filter((name) => name.startsWith(beginning)),
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

const away = { kind: 'away', waitsFor: 'connection', mayBeMade: true } as const;

/** An outbox whose sending a test answers by hand. */
function anOutbox(storage = memory(), tab = 'key', maySend = () => true) {
  const sent: { item: OutboxItem; answer: (result: SendResult) => void; fail: (fault: unknown) => void }[] = [];
  const accepted: string[] = [];
  const waiting: (() => void)[] = [];
  const pauses: (number | undefined)[] = [];
  let drawn = 0;
  const outbox = new Outbox({
    storage,
    maySend,
    send: (item) => new Promise((answer, fail) => sent.push({ item, answer, fail })),
    onAccepted: ({ id }) => accepted.push(id),
    drawKey: () => `${tab}-${(drawn += 1)}`,
    later: (callback, afterMs) => {
      waiting.push(callback);
      pauses.push(afterMs);
    },
  });
  return { outbox, sent, accepted, waiting, pauses, storage };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('variations are shown at once and sent under keys of their own', () => {
  const { outbox, sent } = anOutbox();
  outbox.add([request, request]);

  expect(outbox.read().map(({ state }) => state)).toEqual(['sending', 'sending']);
  expect(new Set(sent.map(({ item }) => item.key)).size).toBe(2);
});

test('one that is accepted leaves the outbox for the list', async () => {
  const { outbox, sent, accepted } = anOutbox();
  outbox.add([request]);
  sent[0]?.answer({ kind: 'accepted', call: aCall({ id: 'call_9' }) });
  await settled();

  expect(outbox.read()).toEqual([]);
  expect(accepted).toEqual(['call_9']);
});

test('without a network it waits, and is sent again under the same key', async () => {
  const { outbox, sent, waiting } = anOutbox();
  outbox.add([request]);
  sent[0]?.answer(away);
  await settled();
  expect(outbox.read()).toMatchObject([{ state: 'waiting' }]);
  waiting[0]?.();

  expect(sent.map(({ item }) => item.key)).toEqual(['key-1', 'key-1']);
});

test('each waits for itself, as long as it was told to', async () => {
  const { outbox, sent, waiting, pauses } = anOutbox();
  outbox.add([request, request]);
  sent[0]?.answer(away);
  sent[1]?.answer({ kind: 'away', waitsFor: 'darkroom', mayBeMade: false, afterMs: 9_000 });
  await settled();
  expect(outbox.read().map(({ waitsFor }) => waitsFor)).toEqual(['darkroom', 'connection']);
  expect(pauses).toEqual([undefined, 9_000]);
  waiting[0]?.();

  expect(sent.map(({ item }) => item.key)).toEqual(['key-1', 'key-2', 'key-1']);
});

test('what may have been made is known as such, until it is refused: after a lost answer, and after a reload in the middle', async () => {
  const busy = { kind: 'away', waitsFor: 'darkroom', mayBeMade: false } as const;
  const { outbox, sent, waiting } = anOutbox();
  outbox.add([request]);
  for (const [result, mayBeMade] of [
    [busy, undefined],
    [away, true],
    [busy, true],
  ] as const) {
    sent.at(-1)?.answer(result);
    await settled();
    expect(outbox.read()[0]?.mayBeMade).toBe(mayBeMade);
    waiting.at(-1)?.();
  }
  sent.at(-1)?.answer({ kind: 'refused', refusal: { detail: 'No.', errors: [] } });
  await settled();
  expect(outbox.read()[0]?.mayBeMade).toBe(false);

  const left = anOutbox();
  left.outbox.add([request]);
  expect(anOutbox(left.storage).outbox.read()[0]?.mayBeMade).toBe(true);
});

test('a reload in the middle loses nothing, and makes no second call', () => {
  const first = anOutbox();
  first.outbox.add([request]);
  const reloaded = anOutbox(first.storage);
  reloaded.outbox.resume();

  expect(reloaded.sent.map(({ item }) => [item.key, item.request])).toEqual([['key-1', request]]);
});

test('what is under way is not sent twice', () => {
  const { outbox, sent } = anOutbox();
  outbox.add([request]);
  outbox.resume();
  outbox.resume();

  expect(sent).toHaveLength(1);
});

test('nothing is sent for another account that has signed in meanwhile', async () => {
  let isOwn = true;
  const { outbox, sent, waiting } = anOutbox(memory(), 'key', () => isOwn);
  outbox.add([request]);
  sent[0]?.answer(away);
  await settled();
  isOwn = false;
  waiting[0]?.();
  outbox.resume();

  expect(sent).toHaveLength(1);
});

test('a refusal stays to be read, and is not sent again', async () => {
  const { outbox, sent } = anOutbox();
  outbox.add([request]);
  const refusal = { detail: 'No.', errors: [{ path: '/input/prompt', message: 'must not be empty' }] };
  sent[0]?.answer({ kind: 'refused', refusal });
  await settled();
  outbox.resume();

  expect(outbox.read()).toMatchObject([{ state: 'refused', refusal }]);
  expect(sent).toHaveLength(1);
  outbox.discard('key-1');
  expect(outbox.read()).toEqual([]);
});

test('what cannot be sent for another reason stays, says why, and stops no other', async () => {
  const { outbox, sent, accepted, storage } = anOutbox();
  outbox.add([request, request]);
  sent[0]?.fail(new RangeError('The page cannot write it down.'));
  sent[1]?.answer({ kind: 'accepted', call: aCall({ id: 'call_2' }) });
  await settled();

  const stopped = [{ key: 'key-1', state: 'stopped', fault: 'The page cannot write it down.' }];
  expect(outbox.read()).toMatchObject(stopped);
  expect(anOutbox(storage).outbox.read()).toMatchObject(stopped);
  expect(accepted).toEqual(['call_2']);
  outbox.resume();
  expect(sent).toHaveLength(2);
});

test('one that could not be sent is sent again under its own key when a person says so', async () => {
  const { outbox, sent } = anOutbox();
  outbox.add([request]);
  sent[0]?.fail('?');
  await settled();
  outbox.again('key-1');

  expect(outbox.read()).toMatchObject([{ key: 'key-1', state: 'sending', fault: undefined }]);
  expect(sent.map(({ item }) => item.key)).toEqual(['key-1', 'key-1']);
});

test('what two tabs ask for is kept side by side', () => {
  const one = anOutbox();
  const other = anOutbox(one.storage, 'other');
  one.outbox.add([request]);
  other.outbox.add([request, request]);
  const reloaded = anOutbox(one.storage);
  reloaded.outbox.resume();

  expect(reloaded.sent.map(({ item }) => item.key).toSorted()).toEqual(['key-1', 'other-1', 'other-2']);
});

test('what another tab has discarded or sent is sent no more', async () => {
  const one = anOutbox();
  one.outbox.add([request]);
  one.sent[0]?.answer(away);
  await settled();
  anOutbox(one.storage).outbox.discard('key-1');
  one.outbox.followStorage();
  one.waiting[0]?.();

  expect([one.outbox.read(), one.sent.length]).toEqual([[], 1]);
});

test('what cannot be read of a kept outbox is left out', () => {
  const storage = memory();
  storage.setItem('outbox/key-1', '{"broken":');

  expect(anOutbox(storage).outbox.read()).toEqual([]);
});
