import autocannon from 'autocannon';

export interface PollLoad {
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly headers: Record<string, string> }[];
  readonly connections: number;
  readonly seconds: number;
  /** What every answer must be; another one fails the run. */
  readonly expectedStatus: number;
}

/** Asks as often as the server answers, and returns the answers per second. */
export async function pollAtFullSpeed({
  url,
  requests,
  connections,
  seconds,
  expectedStatus,
}: PollLoad): Promise<number> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: requests.map(({ path, headers }) => ({ method: 'GET', path, headers })),
  });
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
