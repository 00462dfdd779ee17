import { expect, test } from '@jest/globals';
import { offsetOf, ServerClock } from './server-clock.ts';

const noon = Date.parse('2026-03-01T12:00:00Z');
const threeHours = 3 * 3_600_000;

async function offsetAfter(localMs: number, headers: Record<string, string>[]): Promise<number> {
  const clock = new ServerClock(() => localMs);
  for (const one of headers) {
    const fetch = clock.watch(() => Promise.resolve(Response.json({}, { headers: one })));
    await fetch(new Request('https://darkroom.example/v1/calls'));
  }
  return clock.offset;
}

const dateOf = (ms: number) => ({ date: new Date(ms).toUTCString() });

test.each([
  ['three hours ahead', threeHours],
  ['three hours behind', -threeHours],
])('a computer that is %s counts by the clock of the server', async (_how, byMs) => {
  const offset = await offsetAfter(noon + byMs, [dateOf(noon)]);

  expect(Math.abs(noon + byMs + offset - noon)).toBeLessThan(1_000);
});

test('what whole seconds cannot tell is no difference', async () => {
  expect(await offsetAfter(noon + 999, [dateOf(noon)])).toBe(0);
  expect(await offsetAfter(noon - 1_500, [dateOf(noon)])).toBe(0);
});

test('an answer that was long on its way tells no more than it can', () => {
  const date = new Date(noon).toUTCString();

  expect(offsetOf({ date, askedAt: noon, answeredAt: noon + 20_000 })).toBe(0);
  expect(offsetOf({ date, askedAt: noon + threeHours, answeredAt: noon + threeHours + 20_000 })).toBe(
    500 - threeHours - 10_000,
  );
});

test('an answer that tells no time changes nothing, and a clock that is set right counts again', async () => {
  expect(await offsetAfter(noon, [dateOf(noon - threeHours), {}])).toBe(500 - threeHours);
  expect(await offsetAfter(noon, [dateOf(noon - threeHours), dateOf(noon)])).toBe(0);
});
