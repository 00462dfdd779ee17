/** How the simulator is to answer one request; its README lists the faults. */
export interface SimulatorStep {
  readonly latencyMs?: number;
  readonly fault?: Record<string, unknown> & { readonly kind: string };
  readonly fixedImage?: boolean;
  /** How long the provider works on a task. */
  readonly taskMs?: number;
}

/** Which requests a fault is for; `submit` where nothing is said. */
export type SimulatorRequestKind = 'submit' | 'poll' | 'list' | 'cancel' | 'download' | 'callback';

/** What the simulator counted: `accepted` is what a provider would have charged for. */
export interface SimulatorSubmissions {
  readonly accepted: number;
  readonly received: number;
  readonly maxConcurrent: number;
}

/** The simulator's control API, as tests use it. */
export interface SimulatorControl {
  /** Applies to requests whose prompt contains `match`; `steps` to the first, the second, … of them. */
  plan(
    plan: SimulatorStep & {
      match?: string;
      matchKey?: string;
      on?: SimulatorRequestKind;
      after?: number;
      times?: number;
      steps?: SimulatorStep[];
    },
  ): Promise<void>;
  submissions(match: string): Promise<SimulatorSubmissions>;
}

export function controlSimulator(simulatorUrl: string): SimulatorControl {
  return {
    plan: async (plan) => {
      await answered(`${simulatorUrl}/control/plans`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(plan),
      });
    },
    submissions: async (match) =>
      (await answered(
        `${simulatorUrl}/control/submissions?match=${encodeURIComponent(match)}`,
        {},
      )) as SimulatorSubmissions,
  };
}

async function answered(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok)
    throw new Error(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
