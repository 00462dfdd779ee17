import { createId } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { fromSpoolFileName, isLeftBehind, type SpoolOwner, toSpoolFileName } from './spool-file-name.ts';

const self: SpoolOwner = { host: 'host-a', pid: 10, nonce: 'aa' };
const callId = createId('call');

describe('the name of a spool file', () => {
  test('says whose it is', () => {
    const file = { callId, attempt: 3, owner: self };
    expect(fromSpoolFileName(toSpoolFileName(file))).toEqual(file);
  });

  test.each(['readme.txt', 'call_1.1.host.1.aa.answer', `${callId}.1.host.1.aa.answer.writing`, `${callId}.answer`])(
    '%s is none',
    (name) => {
      expect(fromSpoolFileName(name)).toBeUndefined();
    },
  );
});

describe('a spool file is left behind', () => {
  const about = (owner: SpoolOwner, { alive = true, untouchedMs = 0 } = {}) =>
    isLeftBehind({ file: { callId, attempt: 1, owner }, self, isAlive: () => alive, untouchedMs });

  test('not while this process, or another one that lives, works on it', () => {
    expect(about(self)).toBe(false);
    expect(about({ ...self, pid: 11, nonce: 'bb' })).toBe(false);
    expect(about({ ...self, host: 'host-b' })).toBe(false);
  });

  test('when its process has ended', () => {
    expect(about({ ...self, pid: 11, nonce: 'bb' }, { alive: false })).toBe(true);
  });

  test('when its process had the pid that this one has now, as in a container', () => {
    expect(about({ ...self, nonce: 'bb' })).toBe(true);
  });

  test('when nobody has touched it for half a minute, wherever its process was', () => {
    for (const owner of [self, { ...self, host: 'host-b' }]) expect(about(owner, { untouchedMs: 31_000 })).toBe(true);
  });
});
