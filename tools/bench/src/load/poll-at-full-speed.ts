import autocannon from 'autocannon';
import { patienceSeconds } from './within-patience.ts';

export interface PollLoad {
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly headers: Record<string, string> }[];
  readonly connections: number;
  readonly seconds: number;
  /** What every answer must be; another one fails the run. */
  readonly expectedStatus: number;
}

/**
 * Asks as often as the server answers, and returns the answers per second. Where not one answer came in the time, because the machine stood
 * still, it is asked anew.
 */
export async function pollAtFullSpeed(load: PollLoad): Promise<number> {
  const giveUpAt = performance.now() + patienceSeconds * 1000;
  let result = await ask(load);
  while (isSilent(result) && performance.now() < giveUpAt) result = await ask(load);
  return answersPerSecond(result, load);
}

function ask({ url, requests, connections, seconds }: PollLoad): Promise<autocannon.Result> {
  return autocannon({
    url,
    connections,
    duration: seconds,
    timeout: patienceSeconds,
    requests: requests.map(({ path, headers }) => ({ method: 'GET', path, headers })),
  });
}

function isSilent({ statusCodeStats = {}, errors, timeouts }: autocannon.Result): boolean {
  return Object.keys(statusCodeStats).length === 0 && errors === 0 && timeouts === 0;
}

function answersPerSecond(result: autocannon.Result, { url, requests, expectedStatus }: PollLoad): number {
  const statuses = Object.entries(result.statusCodeStats ?? {});
  const unexpected = statuses.filter(([status]) => status !== String(expectedStatus));
  if (result.errors > 0 || result.timeouts > 0 || unexpected.length > 0 || statuses.length === 0) {
    const seen = statuses.map(([status, { count }]) => `${count} × ${status}`).join(', ');
    throw new Error(
      `Expected only ${expectedStatus} from ${url}${requests[0]?.path}: got ${seen || 'no answer'}, ${result.errors} errors, ${result.timeouts} time-outs.`,
    );
  }
  return statuses.reduce((sum, [, { count }]) => sum + (count ?? 0), 0) / result.duration;
}
