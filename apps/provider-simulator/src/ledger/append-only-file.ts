import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';

interface PendingLine {
  readonly line: string;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

/** A file of lines that are on the disk once `append` resolves. Lines that wait together share one fsync. */
export class AppendOnlyFile {
  readonly #handle: FileHandle;
  #pending: PendingLine[] = [];
  #writing: Promise<void> | undefined;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Opens or makes the file and returns its whole lines; a last line that a crash cut short is removed. */
  static async open(path: string): Promise<{ file: AppendOnlyFile; lines: readonly string[] }> {
    const handle = await open(path, 'a');
    const content = await readFile(path);
    const wholeBytes = content.lastIndexOf('\n') + 1;
    if (wholeBytes < content.length) await truncate(path, wholeBytes);
    const lines = content
      .subarray(0, wholeBytes)
      .toString()
      .split('\n')
      .filter((line) => line !== '');
    return { file: new AppendOnlyFile(handle), lines };
  }

  append(line: string): Promise<void> {
    return new Promise((written, failed) => {
      this.#pending.push({ line, written, failed });
      this.#writing ??= this.#writeGroups();
    });
  }

  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #writeGroups(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = this.#pending.splice(0);
      try {
        await this.#handle.appendFile(group.map(({ line }) => `${line}\n`).join(''));
        await this.#handle.datasync();
        for (const { written } of group) written();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    this.#writing = undefined;
  }
}
