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
  /** Like `maxConcurrent`, and a submission that made a task is under way until the task has ended. */
  readonly maxUnderWay: number;
  readonly items: readonly SimulatorSubmission[];
}

/** One request, as the simulator saw it. What is of a task is there where the provider answers with one. */
export interface SimulatorSubmission {
  /** When it came. */
  readonly at: string;
  readonly accepted: boolean;
  /** How it was answered. `unplayable`: this provider never does what a plan says. */
  readonly outcome: string;
  readonly keyFingerprint: string;
  readonly taskId?: string;
  readonly state?: string;
  /** `at` has the times of the last ones. */
  readonly polls?: { readonly count: number; readonly at: readonly string[] };
  readonly callbacks?: readonly { readonly state: string; readonly status: number | null }[];
  /** Whether more callbacks may come. */
  readonly isCallingBack?: boolean;
  /** The files that it brought, once they are made. */
  readonly results?: readonly MadeFile[];
  /** What comes beside a video. */
  readonly lastFrame?: MadeFile;
  readonly cancels?: number;
  /** Whether a plan said of the looks at the task what this provider never says. */
  readonly hasUnplayablePlan?: boolean;
  /** What became of the input images. */
  readonly notes?: unknown;
}

/** A file of the provider, by its bytes. */
export interface MadeFile {
  readonly sha256: string;
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
  /** Lets a task succeed at once. Rejects where it has ended. */
  finishTask(taskId: string): Promise<void>;
  /** Sends the callback of a task once more, and answers with which status it was taken: null where nobody answered in time. */
  callBack(taskId: string): Promise<number | null>;
}

export function controlSimulator(simulatorUrl: string): SimulatorControl {
  const post = (path: string, body: unknown) =>
    answered(`${simulatorUrl}/control${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    plan: async (plan) => void (await post('/plans', plan)),
    finishTask: async (taskId) => void (await post(`/tasks/${encodeURIComponent(taskId)}/finish`, {})),
    callBack: async (taskId) => ((await post('/callbacks', { taskId })) as { status: number | null }).status,
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
