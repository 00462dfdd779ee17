import { afterAll, beforeAll, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { type BesideTemporalOfFile, openBesideTemporal } from './set-up-beside-temporal.ts';

/** The one time that Temporal is away, as a story goes through it. */
export interface Outage {
  /** Resolves when Temporal has gone, which it does when every story has come this far. */
  untilGone(): Promise<void>;
  /** Resolves when Temporal is back, which it is when every story has come this far. */
  untilBack(): Promise<void>;
}

/** What happens to one inside of `main`, on a database of its own, before, while and after Temporal is away. */
export type Story = (main: BesideTemporalOfFile, outage: Outage) => Promise<void>;

/**
 * Tests that need an absence of Temporal go through the same one, side by side, because most of their time is waiting: for a client that
 * connects again, for a watch that asks again. What one of them finds wrong fails its test only.
 */
export function setUpOutage(): { story(name: string, tell: Story): void } {
  const stories: Story[] = [];
  let told: Promise<void>[];
  let middleware: TestMiddleware;

  beforeAll(async () => {
    middleware = await startTestMiddleware({ postgres: 'shared', temporal: true });
    const { temporal } = middleware;
    const gone = createMeeting(stories.length, temporal.kill);
    const back = createMeeting(stories.length, temporal.start);
    told = stories.map((tell) => throughOutage(tell, { middleware, meetings: [gone, back] }));
    // Each is told again by its test.
    for (const one of told) one.catch(() => undefined);
  });
  afterAll(async () => {
    await Promise.allSettled(told);
    await middleware.stop();
    await expectNoLeakedProcesses();
  });

  return {
    story(name, tell) {
      const place = stories.push(tell) - 1;
      test(name, () => told[place]);
    },
  };
}

/** Waits until all have come, and then for what follows. */
type Meeting = () => Promise<void>;

function createMeeting(expected: number, then: () => Promise<void>): Meeting {
  const met = Promise.withResolvers<void>();
  let missing = expected;
  return () => {
    missing -= 1;
    if (missing === 0) then().then(met.resolve, met.reject);
    return met.promise;
  };
}

async function throughOutage(
  tell: Story,
  { middleware, meetings: [gone, back] }: { middleware: TestMiddleware; meetings: [gone: Meeting, back: Meeting] },
): Promise<void> {
  const ahead = [gone, back];
  const next = () => ahead.shift()?.() ?? Promise.reject(new Error('There is one outage: it has begun and ended.'));
  const ends: (() => unknown)[] = [];
  const side = await openBesideTemporal(middleware);
  const main = { ...side, middleware, endLater: (end: () => unknown) => void ends.push(end) };
  try {
    await tell(main, { untilGone: next, untilBack: next });
  } finally {
    // The others wait for nobody who has ended early.
    for (const meeting of ahead.splice(0)) void meeting();
    await Promise.all(ends.map((end) => end()));
    await side.close();
  }
}
