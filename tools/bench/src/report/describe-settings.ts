import { acceptingAtWorkSettings } from '../measurements/measure-accepting-at-work.ts';
import { acceptingSettings } from '../measurements/measure-accepting.ts';
import { batchSettings } from '../measurements/measure-batches.ts';
import { endToEndSettings } from '../measurements/measure-end-to-end.ts';
import { pollSettings } from '../measurements/measure-polls.ts';
import { taskSettings } from '../measurements/measure-task-steps.ts';
import { throughputSettings } from '../measurements/measure-throughput.ts';
import { webhookSettings } from '../measurements/measure-webhooks.ts';
import { pushSettings } from '../push/push-settings.ts';

/** How the figures came about, in the order of the report. */
export function describeSettings({
  rounds,
  length,
  imageBytes,
}: {
  rounds: number;
  length: number;
  imageBytes: number;
}): Record<string, string> {
  const seconds = (value: number) => `${Math.round(value * length * 100) / 100} s`;
  return {
    rounds: `${rounds} of each side, alternating and each second one in the opposite order, after a warm-up round that is thrown away; figures are medians of the rounds`,
    provider: `the simulator of this repository, no latency, the same pre-drawn image of ${imageBytes} bytes for both sides`,
    processes: 'one main and one worker; one floor API and one floor worker; all run from their sources',
    main: 'LOG_LEVEL=warn, 50 accounts with an API key each, otherwise the defaults',
    worker: 'LOG_LEVEL=warn, otherwise the defaults',
    PostgreSQL: 'one server for both sides, durable commits (fsync and synchronous_commit on), pools of 16',
    accepting: `${acceptingSettings.perSecond} requests/s for ${seconds(acceptingSettings.seconds)}; at full speed ${acceptingSettings.inFlight} in flight for ${seconds(acceptingSettings.fullSpeedSeconds)}`,
    'accepting at work': `${acceptingAtWorkSettings.perSecond} requests/s for ${seconds(acceptingAtWorkSettings.seconds)}`,
    'end to end': `${endToEndSettings.inFlight} in flight for ${seconds(endToEndSettings.seconds)}; ours: Prefer: wait=60, floor: handle.result()`,
    throughput: `${throughputSettings.inFlight} in flight for ${seconds(throughputSettings.seconds)}`,
    polls: `${pollSettings.connections} connections for ${seconds(pollSettings.seconds)}, ${pollSettings.calls} finished calls in turn`,
    tasks: `${taskSettings.inFlight(length)} ten-step tasks in flight for ${seconds(taskSettings.seconds)}, steps that do nothing; a process of its own for each side`,
    batches: `${batchSettings.calls(length)} calls of one account, which may all be under way at once; one by one: ${batchSettings.inFlight} requests in flight`,
    webhooks: `${webhookSettings.webhooks * length} in a round, ${webhookSettings.inFlight} requests in flight; the floor's body has ${webhookSettings.bodyBytes} bytes`,
    push: `a server started afresh for each round and ${pushSettings.readerProcesses} processes of readers; ${pushSettings.perSecond} events/s for ${seconds(pushSettings.seconds)}, of ${pushSettings.activeCalls} calls in turn; then ${pushSettings.toAllPerSecond} event/s for ${seconds(pushSettings.seconds)}, to all; ${seconds(pushSettings.warmUpSeconds)} before each does not count`,
  };
}
