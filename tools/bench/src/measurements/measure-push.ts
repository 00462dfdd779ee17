import { createBareSide } from '../push/bare-side.ts';
import { prepareDarkroom } from '../push/darkroom-side.ts';
import { checkSameBytes, comparePush, nameOf } from '../push/compare-push.ts';
import { activeCallsOf, sharedCallOf } from '../push/followed-calls.ts';
import { measureSide } from '../push/measure-side.ts';
import { pushSettings, type PushSize } from '../push/push-settings.ts';
import type { PushSide } from '../push/push-side.ts';
import { startReaders } from '../push/start-readers.ts';
import type { Comparison, ComparisonGroup } from '../report/comparison.ts';
import { explainFault } from '../rig/explain-fault.ts';
import { startAcceptingMain } from '../rig/start-accepting-main.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** Tokens of the calls outlast the whole part. */
const mainEnvironment = { STREAM_TOKEN_SECONDS: '3600' };

/** How long an event takes from its recording to those who follow its call, and what a connection costs. */
export async function measurePush(context: MeasurementContext): Promise<ComparisonGroup> {
  const { rig, length, rounds } = context;
  const sizes = pushSettings.sizes(length);
  const calls = Math.max(...sizes.map(({ connections }) => sharedCallOf(connections))) + 1;
  const active = sizes.flatMap(({ connections }) => [...activeCallsOf(connections), sharedCallOf(connections)]);
  const main = await startAcceptingMain(rig.stack, mainEnvironment);
  try {
    const darkroom = await prepareDarkroom({ main, calls, active: [...new Set(active)], signal: rounds.signal });
    const sides = { ours: darkroom, floor: createBareSide(darkroom.messageParts) };
    const comparisons: Comparison[] = [];
    for (const size of sizes) comparisons.push(...(await compare(sides, context, size)));
    await darkroom.close();
    return {
      title: 'Push: from the recording of an event to its receipt',
      floor: `a bare \`ws\` server that is told by HTTP to send the same bytes. Each connection follows a call of its own (one connection alone: ${pushSettings.leastCalls}), and events come at a steady rate, of one call after another; "to all": every connection also follows one call more, the same for all, and each of its events goes to all of them at once. Recorded is when PostgreSQL says that the event was written, before its commit, for the floor when the server was told; received is when the bytes have reached a reader's process. The recorded time has whole milliseconds, so up to one of each figure is none. Checked: as many events came as were due`,
      comparisons,
    };
  } catch (error) {
    throw explainFault(error, [main]);
  } finally {
    await main.stop();
  }
}

async function compare(
  sides: Record<'ours' | 'floor', PushSide>,
  { length, rounds }: MeasurementContext,
  size: PushSize,
): Promise<Comparison[]> {
  const readers = await startReaders(pushSettings.readerProcesses);
  try {
    const measure = (side: PushSide) => () => measureSide(side, { size, length, readers, signal: rounds.signal });
    const turns = { ours: measure(sides.ours), floor: measure(sides.floor) };
    const results = await alternateRounds(`push, ${nameOf(size)}`, turns, rounds);
    checkSameBytes(results);
    return comparePush(size, results);
  } finally {
    await readers.stop();
  }
}
