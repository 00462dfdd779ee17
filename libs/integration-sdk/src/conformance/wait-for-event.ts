import type { CallEventType } from '@darkroom/contract';
import type { CallsClient } from '@darkroom/testing';
import type { Scene } from './faults/fault.ts';
import type { Stage } from './stage.ts';
import { waitUntil } from './wait-until.ts';

type Acting = Pick<Scene, 'stage' | 'call' | 'client'>;

export async function waitForEvent(client: CallsClient, callId: string, type: CallEventType): Promise<void> {
  await waitUntil(`the event ${type}`, async () => (await client.events(callId)).some((event) => event.type === type));
}

/** Waits until the call says that it is at a step. */
export async function waitForStep({ call, client }: Acting, step: string): Promise<void> {
  await waitUntil(`the step ${step}`, async () => (await client.call(call.id)).progress.currentStep === step);
}

/** Waits until the simulator has counted a submission of the call: the provider is at work then. */
export async function waitUntilPaid({ stage, call }: Acting): Promise<void> {
  const { control } = stage.stack;
  await waitUntil('a paid submission', async () => (await control.submissions(promptOf(call))).accepted > 0);
}

/** Waits until the provider has called back. */
export async function waitForCallback({ stage, call }: Acting): Promise<void> {
  await waitUntil('a callback', async () => {
    const { items } = await stage.stack.control.submissions(promptOf(call));
    return items.some(({ callbacks = [] }) => callbacks.length > 0);
  });
}

/** Waits until the provider has been asked for the call's task, and was still asked so long afterwards. */
export async function waitForLooks({ stage, call }: Acting, { overSeconds = 0 } = {}): Promise<void> {
  await waitUntil(`looks over ${overSeconds} s`, async () => {
    const { items } = await stage.stack.control.submissions(promptOf(call));
    const [first, last] = items.flatMap(({ polls }) => [polls?.at[0], polls?.at.at(-1)]);
    if (first === undefined || last === undefined) return false;
    return Date.parse(last) - Date.parse(first) >= overSeconds * 1000;
  });
}

/** Waits until the call's task is in a state, and answers with its id. */
export async function waitForTaskState({ stage, call }: Acting, state: string): Promise<string> {
  let found: string | undefined;
  await waitUntil(`a task that is ${state}`, async () => {
    const { items } = await stage.stack.control.submissions(promptOf(call));
    found = items.find((item) => item.state === state)?.taskId;
    return found !== undefined;
  });
  return found ?? '';
}

/** Lets the call's task succeed now, where it has not ended. */
export async function finishTask({ stage, call }: Acting): Promise<void> {
  const { control } = stage.stack;
  const { items } = await control.submissions(promptOf(call));
  const task = items.find(({ state }) => state === 'queued' || state === 'running');
  if (task?.taskId !== undefined) await control.finishTask(task.taskId);
}

/** Waits until the worker has said something of a call. */
export async function waitForLog(stage: Stage, { callId, text }: { callId: string; text: string }): Promise<void> {
  const isLogged = () =>
    stage.worker
      .logs()
      .split('\n')
      .some((line) => line.includes(callId) && line.includes(text));
  await waitUntil(`"${text}" in the worker's log`, () => Promise.resolve(isLogged()));
}

function promptOf({ input }: Scene['call']): string {
  return String(input['prompt']);
}
