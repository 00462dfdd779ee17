import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalProvider } from './local-provider.ts';

export interface PaintTask {
  id: string;
  prompt: string;
  callbackUrl: string | undefined;
  createdAt: Date;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  looks: number;
}

/** A provider that answers with a task. It takes a submission before it says so, as real ones do. */
export interface TaskProvider {
  tasks: PaintTask[];
  /** The tasks that were paid for and not given back. */
  paid(): number;
  looks(): number;
  downloads: number;
  deletes: number;
  /** What a new task is, until a test says otherwise. */
  firstState: PaintTask['state'];
  /** Says what happens to an answer; undefined lets it pass. The request has been carried out by then. */
  interfere: ((request: Asked, response: ServerResponse) => boolean) | undefined;
  /** Like `interfere`, before anything was carried out. */
  refuse: ((request: Asked, response: ServerResponse) => boolean) | undefined;
}
export interface Asked {
  kind: 'submit' | 'look' | 'list' | 'cancel' | 'download';
  task: PaintTask | undefined;
  authorization: string | undefined;
  path: string;
}

export function asTaskProvider(provider: LocalProvider, image: Uint8Array): TaskProvider {
  const tasks: PaintTask[] = [];
  const self: TaskProvider = {
    tasks,
    paid: () => tasks.filter(({ state }) => state !== 'cancelled').length,
    looks: () => tasks.reduce((sum, { looks }) => sum + looks, 0),
    downloads: 0,
    deletes: 0,
    firstState: 'running',
    interfere: undefined,
    refuse: undefined,
  };
  provider.answer = (request, response) => {
    const [, , id] = (request.url ?? '').split('/');
    const asked: Asked = {
      kind: kindOf(request),
      task: tasks.find((task) => task.id === id?.split('?')[0]),
      authorization: request.headers.authorization,
      path: request.url ?? '',
    };
    if (self.refuse?.(asked, response)) return;
    const body = carryOut(asked, provider.body(request));
    if (self.interfere?.(asked, response)) return;
    if (body instanceof Uint8Array) return void response.writeHead(200, { 'content-type': 'image/png' }).end(body);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  };

  const carryOut = (asked: Asked, text: string): unknown => {
    const { task } = asked;
    switch (asked.kind) {
      case 'submit': {
        const { prompt, callbackUrl } = JSON.parse(text) as Pick<PaintTask, 'prompt' | 'callbackUrl'>;
        const made: PaintTask = {
          id: `task-${randomUUID()}`,
          prompt,
          callbackUrl,
          createdAt: new Date(),
          state: self.firstState,
          looks: 0,
        };
        tasks.push(made);
        asked.task = made;
        return { id: made.id };
      }
      case 'look':
        if (!task) return undefined;
        task.looks += 1;
        return { state: task.state, url: `${provider.url}files/${task.id}` };
      case 'list':
        return { items: tasks.map(({ id, createdAt }) => ({ id, createdAt })) };
      case 'cancel':
        self.deletes += 1;
        if (!task) return undefined;
        task.state = 'cancelled';
        return {};
      case 'download':
        self.downloads += 1;
        return image;
    }
  };
  return self;
}

function kindOf({ method, url = '' }: IncomingMessage): Asked['kind'] {
  if (url.startsWith('/files/')) return 'download';
  if (method === 'POST') return 'submit';
  if (method === 'DELETE') return 'cancel';
  return url === '/tasks' ? 'list' : 'look';
}
