import { describe, expect, test } from '@jest/globals';
import { createId, idFromUuid, isId } from './identifiers.ts';

describe('identifiers', () => {
  test('a new id carries its kind and is unlike the one before', () => {
    const first = createId('call');
    const second = createId('call');
    expect(first).toMatch(/^call_[0-9a-z]{26}$/);
    expect(second).not.toBe(first);
  });

  test('ids sort by the time they were made', async () => {
    const earlier = createId('call');
    const madeAt = Date.now();
    while (Date.now() === madeAt) await Promise.resolve();
    expect(createId('call') > earlier).toBe(true);
  });

  test('tells a well-formed id of its kind from everything else', () => {
    const id = createId('call');
    expect(isId('call', id)).toBe(true);
    expect(isId('art', id)).toBe(false);
    for (const other of [
      '',
      'call_',
      'call_0',
      `${id}0`,
      id.toUpperCase(),
      `${id}\n`,
      'call_zzzzzzzzzzzzzzzzzzzzzzzzzz',
      "call_' or 1=1",
    ]) {
      expect(isId('call', other)).toBe(false);
    }
  });

  test('the same UUID gives the same id', () => {
    const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect(idFromUuid('art', uuid)).toBe(idFromUuid('art', uuid));
    expect(isId('art', idFromUuid('art', uuid))).toBe(true);
  });
});
