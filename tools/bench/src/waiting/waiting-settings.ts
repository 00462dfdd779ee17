/** How waiting is measured; the report prints it. */
export interface WaitingSettings {
  /** Calls that wait at once. */
  readonly calls: number;
  /** For how long they are watched, once all of them wait. */
  readonly seconds: number;
  /** From one look at the provider to the next. */
  readonly intervalSeconds: number;
  /** How long the provider's tasks take. */
  readonly taskSeconds: number;
}

/** Two thousand calls that wait for ten minutes, watched for two; a shorter run has fewer calls and a shorter interval. */
export function waitingSettings(length: number): WaitingSettings {
  const factor = Math.min(1, length);
  return {
    calls: Math.ceil(2_000 * factor),
    seconds: Math.max(4, 120 * factor),
    intervalSeconds: Math.max(1, 10 * factor),
    taskSeconds: 600,
  };
}
