import { runAtRate } from '../load/run-at-rate.ts';
import { memoryMegabytesOf } from '../rig/memory-megabytes.ts';
import { untilIdle } from '../rig/until-idle.ts';
import { activeCallsOf, callsOfConnection, sharedCallOf } from './followed-calls.ts';
import type { PushSide } from './push-side.ts';
import { pushSettings, type PushSize } from './push-settings.ts';
import type { Readers } from './start-readers.ts';

/** What one round of one side found. */
export interface PushRound {
  /** Where each connection follows calls of its own. */
  readonly latenciesMs: number[];
  /** Where all of them follow one call; of one connection alone there are none. */
  readonly latenciesToAllMs: number[];
  /** Of the server, for each connection. */
  readonly memoryKilobytes: number;
  /** Of one message, on average. */
  readonly bytesEach: number;
}

export interface PushMeasuring {
  readonly size: PushSize;
  /** The usual number of seconds is multiplied by it. */
  readonly length: number;
  readonly readers: Readers;
  readonly signal: AbortSignal;
}

/** Starts the side's server afresh, opens connections to it, and records events that they follow. */
export async function measureSide(
  side: PushSide,
  { size: { connections }, length, readers, signal }: PushMeasuring,
): Promise<PushRound> {
  const { perSecond, seconds, toAllPerSecond, warmUpSeconds } = pushSettings;
  const { service, streamUrl, processes } = await side.startServer();
  const idle = () => untilIdle({ ours: processes, floor: {} }, signal);
  try {
    await idle();
    const emptyMegabytes = memoryMegabytesOf(service.pid);
    const messagesOfEach = Array.from({ length: connections }, (_, connection) =>
      callsOfConnection(connection, connections).map((call) => side.subscribeMessage(call)),
    );
    await readers.open(streamUrl, messagesOfEach);
    await idle();
    const memoryKilobytes = ((memoryMegabytesOf(service.pid) - emptyMegabytes) * 1024) / connections;

    const turns = activeCallsOf(connections);
    let turn = 0;
    const inTurn = () => side.record(turns[turn++ % turns.length] ?? 0);
    const { latenciesMs, bytesEach } = await measureRate(inTurn, { perSecond, receivers: 1 });
    if (connections === 1) return { latenciesMs, latenciesToAllMs: [], memoryKilobytes, bytesEach };

    const shared = sharedCallOf(connections);
    await readers.sayOnAll(side.subscribeMessage(shared));
    const rate = { perSecond: toAllPerSecond, receivers: connections };
    const toAll = await measureRate(() => side.record(shared), rate);
    return { latenciesMs, latenciesToAllMs: toAll.latenciesMs, memoryKilobytes, bytesEach };
  } finally {
    await readers.close();
    await service.stop();
  }

  async function measureRate(record: () => Promise<void>, rate: { perSecond: number; receivers: number }) {
    const recordFor = async (duration: number) => {
      const { latenciesMs } = await runAtRate({ perSecond: rate.perSecond, seconds: duration, signal }, record);
      return readers.take(latenciesMs.length * rate.receivers, signal);
    };
    await recordFor(warmUpSeconds * length);
    return recordFor(seconds * length);
  }
}
