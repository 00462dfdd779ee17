import { describe, expect, test } from '@jest/globals';
import { asJson } from './json-value.ts';

const rules = { what: 'The result of the step "draw"', largest: 100 };

describe('what a task takes and gives', () => {
  test('is JSON, as it will come back: properties without a value are left out', () => {
    const value = { text: 'a', list: [1, null, true], none: undefined, nested: { deep: 0.5 } };
    expect(asJson(value, rules)).toEqual({ text: 'a', list: [1, null, true], nested: { deep: 0.5 } });
    expect(Object.keys(asJson(value, rules) as object)).not.toContain('none');
  });

  test('may be nothing', () => {
    expect(asJson(undefined, rules)).toBeUndefined();
    expect(asJson(null, rules)).toBeNull();
  });

  test.each<[string, unknown, string]>([
    ['a BigInt', { images: [{ size: 5n }] }, 'its images[0].size is a bigint'],
    ['a function', { call: () => 1 }, 'its call is a function'],
    ['a Date', { at: new Date() }, 'its at is a Date'],
    ['a Map', new Map(), 'it is a Map'],
    ['bytes', { bytes: new Uint8Array(2) }, 'its bytes is a Uint8Array'],
    ['no number', [Number.NaN], 'its [0] is NaN'],
    ['a gap in a list', [1, undefined], 'its [1] is undefined'],
  ])('is not %s, and the message says where', (_what, value, fault) => {
    expect(() => asJson(value, rules)).toThrow(`The result of the step "draw" must be JSON, and ${fault}`);
  });

  test('does not contain itself', () => {
    const value: Record<string, unknown> = {};
    value['self'] = { again: value };
    expect(() => asJson(value, rules)).toThrow('its self.again contains itself');
  });

  test('is refused above its limit with the advice to store an artifact, and no attempt would help', () => {
    const tooLarge = expect.objectContaining({ code: 'too_large', retryable: false });
    expect(() => asJson('é'.repeat(50), rules)).toThrow(tooLarge);
    expect(() => asJson('é'.repeat(50), rules)).toThrow('store it as an artifact and pass its id');
    expect(asJson('é'.repeat(49), rules)).toHaveLength(49);
  });
});
