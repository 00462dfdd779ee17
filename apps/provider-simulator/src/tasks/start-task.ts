import { keyFingerprint } from '../ledger/key-fingerprint.ts';
import type { Fault } from '../plans/fault.schema.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import type { ParsedTask, TaskDialect } from '../providers/task-dialect.ts';
import type { Simulation } from '../simulation.ts';
import type { TaskEntry } from './task-store.ts';

interface Start {
  readonly dialect: TaskDialect;
  readonly parsed: Extract<ParsedTask, { status: 'understood' }>;
  readonly behaviour: Behaviour;
  readonly callbackFault: Fault | undefined;
  readonly apiKey: string;
  readonly origin: string;
  readonly submissionId: string;
}

const usualTaskMs = 800;

/** Creates the task of an accepted submission; it is on the disk when this resolves. */
export async function startTask(start: Start, { tasks, shelf }: Simulation): Promise<TaskEntry> {
  const { dialect, parsed, behaviour, callbackFault, apiKey, origin, submissionId } = start;
  const id = dialect.newTaskId(parsed.order);
  const seal = dialect.callbacks?.sealOf?.(id, apiKey);
  const isOver = callbackFault?.kind === 'callback_early';
  return tasks.create({
    id,
    provider: dialect.name,
    submissionId,
    keyFingerprint: keyFingerprint(apiKey),
    order: parsed.order,
    createdAt: new Date().toISOString(),
    taskMs: isOver ? 0 : (behaviour.taskMs ?? usualTaskMs),
    origin,
    // Only this server reads them again, and by their bytes.
    inputs: await Promise.all(parsed.inputs.map((bytes) => shelf.put({ bytes, mimeType: 'image/png' }))),
    imageFormat: behaviour.imageFormat ?? parsed.order.imageFormat ?? 'png',
    fixedImage: behaviour.fixedImage ?? false,
    ...(behaviour.fault && { fault: behaviour.fault }),
    ...(callbackFault && { callbackFault }),
    ...(seal !== undefined && { seal }),
  });
}
