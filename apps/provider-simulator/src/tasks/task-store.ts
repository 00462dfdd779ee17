import { EventEmitter } from 'node:events';
import { AppendOnlyFile } from '../ledger/append-only-file.ts';
import { taskLineSchema, type CallbackAttempt, type Task } from './task-record.schema.ts';
import type { TaskEnd, TaskLine, TaskMedia } from './task-record.schema.ts';
import { momentOf, type TaskMoment } from './task-state.ts';

/** A task with all that happened to it. */
export interface TaskEntry {
  readonly task: Task;
  end?: TaskEnd;
  media?: TaskMedia;
  readonly callbacks: CallbackAttempt[];
  /** Since the simulator started: looks are not worth a line on the disk. */
  readonly polls: { count: number; at: string[] };
  cancels: number;
  /** Whether a plan wanted an answer to a look that the provider never gives. */
  hasUnplayablePlan?: boolean;
}

const keptPolls = 1000;

/** The tasks of all providers. Each change is on the disk before anybody hears of it, so that tasks survive a kill. */
export class TaskStore {
  readonly #file: AppendOnlyFile;
  readonly #entries = new Map<string, TaskEntry>();
  readonly #byPath = new Map<string, TaskEntry>();
  readonly #bySubmission = new Map<string, TaskEntry>();
  readonly #ending = new WeakSet<TaskEntry>();
  readonly #events = new EventEmitter<{ created: [TaskEntry]; ended: [TaskEntry] }>().setMaxListeners(0);

  private constructor(file: AppendOnlyFile) {
    this.#file = file;
  }

  static async open(path: string): Promise<TaskStore> {
    const { file, lines } = await AppendOnlyFile.open(path);
    const store = new TaskStore(file);
    for (const line of lines) store.#apply(taskLineSchema.parse(JSON.parse(line)));
    return store;
  }

  /** Resolves when the task is on the disk. */
  async create(task: Task): Promise<TaskEntry> {
    await this.#record({ type: 'created', task });
    const entry = this.#entries.get(task.id);
    if (!entry) throw new Error('A task that was created is in the store.');
    this.#events.emit('created', entry);
    return entry;
  }

  /** Ends a task before its time; false where somebody else did already. */
  async end(entry: TaskEntry, end: Omit<TaskEnd, 'id' | 'at'>): Promise<boolean> {
    if (entry.end || this.#ending.has(entry)) return false;
    this.#ending.add(entry);
    await this.#record({ type: 'ended', end: { ...end, id: entry.task.id, at: new Date().toISOString() } });
    this.#events.emit('ended', entry);
    return true;
  }

  async keepMedia(entry: TaskEntry, media: TaskMedia): Promise<void> {
    await this.#record({ type: 'made', id: entry.task.id, media });
  }

  async calledBack(entry: TaskEntry, callback: CallbackAttempt): Promise<void> {
    await this.#record({ type: 'called_back', id: entry.task.id, callback });
  }

  async delete(entry: TaskEntry): Promise<void> {
    await this.#record({ type: 'deleted', id: entry.task.id });
  }

  countPoll({ polls }: TaskEntry): void {
    polls.count += 1;
    polls.at.push(new Date().toISOString());
    if (polls.at.length > keptPolls) polls.at.shift();
  }

  find(id: string): TaskEntry | undefined {
    return this.#entries.get(id);
  }

  findByPath(path: string): TaskEntry | undefined {
    return this.#byPath.get(path);
  }

  findBySubmission(submissionId: string): TaskEntry | undefined {
    return this.#bySubmission.get(submissionId);
  }

  /** The tasks of a key at a provider, the newest first. */
  listOf({ provider, keyFingerprint }: Pick<Task, 'provider' | 'keyFingerprint'>): readonly TaskEntry[] {
    return [...this.#entries.values()]
      .filter(({ task }) => task.provider === provider && task.keyFingerprint === keyFingerprint)
      .reverse();
  }

  all(): readonly TaskEntry[] {
    return [...this.#entries.values()];
  }

  onCreated(listener: (entry: TaskEntry) => void): void {
    this.#events.on('created', listener);
  }

  /** Hears of tasks that are ended before their time, until the function that it returns is called. */
  onEnded(listener: (entry: TaskEntry) => void): () => void {
    this.#events.on('ended', listener);
    return () => this.#events.off('ended', listener);
  }

  momentOf({ task, end }: TaskEntry): TaskMoment {
    return momentOf(task, end, Date.now());
  }

  async close(): Promise<void> {
    this.#events.removeAllListeners();
    await this.#file.close();
  }

  async #record(line: TaskLine): Promise<void> {
    await this.#file.append(JSON.stringify(line));
    this.#apply(line);
  }

  #apply(line: TaskLine): void {
    if (line.type === 'created') return this.#add(line.task);
    const entry = this.#entries.get(line.type === 'ended' ? line.end.id : line.id);
    // A task may be deleted while its callback is under way.
    if (!entry) return;
    switch (line.type) {
      case 'ended':
        entry.end = line.end;
        return;
      case 'made':
        entry.media = line.media;
        for (const { path } of [...line.media.results, ...[line.media.lastFrame ?? []].flat()]) {
          this.#byPath.set(path, entry);
        }
        return;
      case 'called_back':
        entry.callbacks.push(line.callback);
        return;
      case 'deleted':
        this.#entries.delete(line.id);
    }
  }

  #add(task: Task): void {
    const entry: TaskEntry = { task, callbacks: [], polls: { count: 0, at: [] }, cancels: 0 };
    this.#entries.set(task.id, entry);
    this.#bySubmission.set(task.submissionId, entry);
  }
}
