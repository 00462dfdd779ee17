/** How waiting is measured; the report prints it. */
export interface WaitingSettings {
  /** In the window a loop looks at a call; after it each look is an execution of its own. */
  readonly phase: 'in the expected window' | 'after the expected window';
  /** Calls that wait at once. */
  readonly calls: number;
  /** For how long they are watched, once all of them wait. */
  readonly seconds: number;
  /** From one look at the provider to the next. */
  readonly intervalSeconds: number;
  /** For how long a call waits at least. */
  readonly waitSeconds: number;
}

/** Two thousand calls that wait for ten minutes, watched for two, and some that wait for longer; a shorter run has fewer and looks sooner. */
export function waitingSettings(length: number): readonly WaitingSettings[] {
  const factor = Math.min(1, length);
  return [
    {
      phase: 'in the expected window',
      calls: Math.ceil(2_000 * factor),
      seconds: Math.max(4, 120 * factor),
      intervalSeconds: Math.max(1, 10 * factor),
      waitSeconds: 600,
    },
    {
      phase: 'after the expected window',
      calls: Math.ceil(400 * factor),
      seconds: Math.max(4, 60 * factor),
      intervalSeconds: Math.max(1, 30 * factor),
      waitSeconds: 600,
    },
  ];
}
