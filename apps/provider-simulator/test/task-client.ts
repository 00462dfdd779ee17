import { postJson } from './running-simulator.ts';
import { until } from './until.ts';

/** How a test speaks with one simulated provider of tasks. */
export interface TaskClient {
  readonly name: string;
  /** The path of submissions and lists; with a slash and the id, of queries and cancels. */
  readonly path: string;
  readonly callsBack: boolean;
  readonly mediaType: string;
  body(prompt: string, callbackUrl?: string): object;
  listOf(answer: unknown): TaskAnswer[];
  resultIn(task: TaskAnswer): string | undefined;
}

export interface TaskAnswer {
  readonly id: string;
  readonly status: string;
  readonly percent?: number;
  readonly image_url?: string;
  readonly content?: { readonly video_url?: string; readonly last_frame_url?: string };
  readonly error?: { readonly code: string; readonly message: string };
}

const exampleClient = (kind: 'tasks' | 'jobs'): TaskClient => ({
  name: `example-${kind}`,
  path: `/example/v1/${kind}`,
  callsBack: kind === 'jobs',
  mediaType: 'image/png',
  body: (prompt, callbackUrl) => ({ prompt, size: '64x48', ...(callbackUrl && { callback_url: callbackUrl }) }),
  listOf: (answer) => (answer as { items: TaskAnswer[] }).items,
  resultIn: (task) => task.image_url,
});

export const exampleTasks = exampleClient('tasks');
export const exampleJobs = exampleClient('jobs');

export const arkVideo: TaskClient = {
  name: 'ark-video',
  path: '/ark/api/v3/contents/generations/tasks',
  callsBack: true,
  mediaType: 'video/mp4',
  body: (prompt, callbackUrl) => ({
    model: 'doubao-seedance-1-0-pro-250528',
    content: [{ type: 'text', text: prompt }],
    ...(callbackUrl && { callback_url: callbackUrl }),
  }),
  listOf: (answer) => (answer as { items: TaskAnswer[] }).items,
  resultIn: (task) => task.content?.video_url,
};

export const taskClients = [exampleTasks, exampleJobs, arkVideo];

/** A client with the simulator and the key that it uses. */
export interface Session {
  readonly client: TaskClient;
  readonly origin: string;
  readonly apiKey?: string;
}

const headersOf = ({ apiKey = 'key-of-a-test' }: Session) => ({ authorization: `Bearer ${apiKey}` });

export function submit(session: Session, prompt: string, callbackUrl?: string): Promise<Response> {
  const { client, origin } = session;
  return postJson(origin + client.path, client.body(prompt, callbackUrl), headersOf(session));
}

/** Submits and expects to be accepted. */
export async function submitted(session: Session, prompt: string, callbackUrl?: string): Promise<string> {
  const response = await submit(session, prompt, callbackUrl);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`The submission was refused: ${response.status} ${text}`);
  return (JSON.parse(text) as { id: string }).id;
}

export function query(session: Session, id: string): Promise<Response> {
  return fetch(`${session.origin}${session.client.path}/${id}`, { headers: headersOf(session) });
}

export async function look(session: Session, id: string): Promise<TaskAnswer> {
  return (await (await query(session, id)).json()) as TaskAnswer;
}

export function list(session: Session, parameters = ''): Promise<Response> {
  return fetch(session.origin + session.client.path + parameters, { headers: headersOf(session) });
}

export function cancel(session: Session, id: string): Promise<Response> {
  return fetch(`${session.origin}${session.client.path}/${id}`, { method: 'DELETE', headers: headersOf(session) });
}

/** Looks until the task has such a state. */
export function lookUntil(session: Session, id: string, status: string): Promise<TaskAnswer> {
  return until(async () => {
    const task = await look(session, id);
    return task.status === status ? task : undefined;
  });
}
