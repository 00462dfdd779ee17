import type { Upload } from '@darkroom/client';
import { checkBytes, checkFile, type FileFault, limitsFor, type UploadLimits } from './check-file.ts';
import type { MediaField } from './form-model.ts';
import { type MediaValue, sourcesOf, type StoredFile } from './media-value.ts';

/** A file on its way to becoming an upload. */
export interface PendingFile {
  id: string;
  field: MediaField;
  file: File;
  previewUrl: string;
  /** `stored`: waits for those that were chosen before it, so that all join in that order. */
  state: 'checking' | 'uploading' | 'stored' | 'stopped';
  /** Why it stopped. */
  fault?: FileFault;
  /** What it has become. */
  value?: MediaValue;
  /** The key of the file that it takes the place of. */
  replaces: string | undefined;
  /** The results that it was made from. */
  sourceArtifactIds: readonly string[];
}

/** All that stopped and say why, in the order in which they were chosen. */
export function stoppedOf(files: readonly PendingFile[]): (PendingFile & { fault: FileFault })[] {
  return files.flatMap((file) => (file.state === 'stopped' && file.fault ? [{ ...file, fault: file.fault }] : []));
}

/** Where a file comes from that the page has made. */
export interface Making {
  /** The file that it was made from. */
  from?: StoredFile;
  /** The key of the file that it takes the place of. */
  replaces?: string;
}

interface FileQueueDependencies {
  /** How large an upload may be, where that is known. */
  uploadLimits: () => UploadLimits | undefined;
  measure: (file: File) => Promise<{ width: number; height: number } | undefined>;
  upload: (file: File, options: { sourceArtifactIds: readonly string[]; signal: AbortSignal }) => Promise<Upload>;
  /** Hands over what a file has become. */
  onDone: (field: MediaField, value: MediaValue, replaces: string | undefined) => void;
  toFault: (error: unknown) => FileFault;
  drawKey: () => string;
  previews: Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'>;
}

/** Checks files before they are sent, sends them, and hands over what they have become, in the order in which they were chosen. */
export class FileQueue {
  private files: readonly PendingFile[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly sendings = new Map<string, AbortController>();
  private readonly dependencies: FileQueueDependencies;

  constructor(dependencies: FileQueueDependencies) {
    this.dependencies = dependencies;
  }

  /** The same array until something changes. */
  readonly read = (): readonly PendingFile[] => this.files;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(field: MediaField, files: readonly File[], { from, replaces }: Making = {}): void {
    const added = files.map((file) => ({
      id: this.dependencies.drawKey(),
      field,
      file,
      previewUrl: this.dependencies.previews.createObjectURL(file),
      state: 'checking' as const,
      replaces,
      sourceArtifactIds: from === undefined ? [] : sourcesOf(from),
    }));
    this.change([...this.files, ...added]);
    for (const file of added) void this.send(file);
  }

  retry(file: PendingFile): void {
    void this.send(file);
  }

  /** Takes a file back: whatever becomes of its upload, nobody is told. */
  remove(id: string): void {
    this.sendings.get(id)?.abort();
    this.takeOut(id);
    this.handOver();
  }

  removeAll(): void {
    for (const { id } of this.files) {
      this.sendings.get(id)?.abort();
      this.takeOut(id);
    }
  }

  private async send({ id, file, field, sourceArtifactIds }: PendingFile): Promise<void> {
    const sending = new AbortController();
    const { signal } = sending;
    this.sendings.set(id, sending);
    this.update(id, { state: 'checking' });
    const fault = await this.findFault(file, field);
    if (signal.aborted) return;
    if (fault !== undefined) return this.stop(id, fault);
    this.update(id, { state: 'uploading' });
    try {
      const upload = await this.dependencies.upload(file, { sourceArtifactIds, signal });
      if (signal.aborted) return;
      this.update(id, { state: 'stored', value: toValue(upload, file.name) });
      this.handOver();
    } catch (error) {
      if (!signal.aborted) this.stop(id, this.dependencies.toFault(error));
    }
  }

  /** What can be told without opening a file is told first: opening a large one takes long. */
  private async findFault(file: File, field: MediaField): Promise<FileFault | undefined> {
    const limits = limitsFor(field, this.dependencies.uploadLimits());
    const facts = { contentType: file.type, bytes: file.size };
    return checkBytes(facts, limits) ?? checkFile({ ...facts, size: await this.dependencies.measure(file) }, limits);
  }

  private stop(id: string, fault: FileFault): void {
    this.update(id, { state: 'stopped', fault });
    this.handOver();
  }

  /** Hands over each that is stored and has nothing before it in its field that may still come. */
  private handOver(): void {
    const held = new Set<string>();
    for (const { id, field, state, value, replaces } of this.files) {
      if (value !== undefined && (replaces !== undefined || !held.has(field.name))) {
        this.dependencies.onDone(field, value, replaces);
        this.takeOut(id);
      } else if (state !== 'stopped') held.add(field.name);
    }
  }

  private takeOut(id: string): void {
    const file = this.files.find((known) => known.id === id);
    if (file === undefined) return;
    this.sendings.delete(id);
    this.dependencies.previews.revokeObjectURL(file.previewUrl);
    this.change(this.files.filter((known) => known !== file));
  }

  private update(id: string, change: Partial<PendingFile>): void {
    this.change(this.files.map((file) => (file.id === id ? { ...file, ...change } : file)));
  }

  private change(files: readonly PendingFile[]): void {
    this.files = files;
    for (const listener of this.listeners) listener();
  }
}

function toValue({ id, contentType, width, height, sourceArtifactIds }: Upload, name: string): MediaValue {
  return { kind: 'upload', uploadId: id, contentType, width, height, name, sourceArtifactIds };
}
