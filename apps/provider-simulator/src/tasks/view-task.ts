import { privateAddress } from '../files/private-address.ts';
import type { DownloadPart, ResultView, TaskDialect, TaskView } from '../providers/task-dialect.ts';
import type { Simulation } from '../simulation.ts';
import { mediaOf } from './make-media.ts';
import type { MediaFile } from './task-record.schema.ts';
import type { TaskMoment } from './task-state.ts';
import type { TaskEntry } from './task-store.ts';

interface Look {
  readonly entry: TaskEntry;
  readonly dialect: TaskDialect;
  /** Under which the client reaches the simulator. */
  readonly origin: string;
  /** A state to tell in place of the real one. */
  readonly state?: TaskView['state'] | undefined;
}

/** A task as its provider tells of it now; the results of one that succeeded are there. */
export async function viewTask(look: Look, simulation: Simulation): Promise<TaskView> {
  const { task } = look.entry;
  const moment = simulation.tasks.momentOf(look.entry);
  const state = look.state ?? moment.state;
  return {
    id: task.id,
    order: task.order,
    ...timesOf(moment, look),
    state,
    percent: percentOf(state, moment),
    results: [],
    ...(state === 'failed' && { failure: moment.failure ?? 'failed' }),
    ...(state === 'succeeded' && (await resultsOf(look, simulation))),
    ...(task.seal !== undefined && { seal: task.seal }),
  };
}

function percentOf(state: TaskView['state'], { percent }: TaskMoment): number {
  if (state === 'succeeded') return 100;
  return state === 'queued' ? 0 : percent;
}

function timesOf(
  { startedAt, updatedAt, endedAt }: TaskMoment,
  { entry }: Look,
): Pick<TaskView, 'createdAt' | 'startedAt' | 'updatedAt' | 'endedAt'> {
  return {
    createdAt: new Date(entry.task.createdAt),
    updatedAt: new Date(updatedAt),
    ...(startedAt !== undefined && { startedAt: new Date(startedAt) }),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt) }),
  };
}

async function resultsOf(look: Look, simulation: Simulation): Promise<Pick<TaskView, 'results' | 'lastFrame'>> {
  const { results, lastFrame } = await mediaOf(look.entry, look.dialect.makes, simulation);
  return {
    results: results.map((file, index) => resultOf(file, urlOf(look, file, { part: 'result', index }))),
    ...(lastFrame && { lastFrame: resultOf(lastFrame, urlOf(look, lastFrame, { part: 'lastFrame', index: 0 })) }),
  };
}

function urlOf(
  { entry, dialect, origin }: Look,
  { path }: MediaFile,
  { part, index }: { part: DownloadPart; index: number },
): string {
  if (entry.task.fault?.kind === 'url_to_private_address') return privateAddress;
  const ownPath = dialect.downloads?.pathOf?.(entry.task.id, part, index);
  return origin + (ownPath === undefined ? path : dialect.basePath + ownPath);
}

function resultOf({ path: _path, ...facts }: MediaFile, url: string): ResultView {
  return { url, ...facts };
}
