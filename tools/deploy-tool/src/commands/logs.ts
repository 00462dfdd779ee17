import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { findComponent } from '../deployment/dependency-order.ts';
import { placeIn } from '../middleware/run-middleware.ts';
import { lastLines } from '../process/last-lines.ts';
import { printLine } from '../terminal/print.ts';
import type { CommandContext } from './command-context.ts';

export interface LogsOptions {
  readonly lines: number;
  readonly follow: boolean;
}

/** Prints the end of what components have printed, all where none is named, and what comes after it where it is to follow. */
export async function logs(
  { deployment, dataDirectory }: CommandContext,
  name: string | undefined,
  { lines, follow }: LogsOptions,
): Promise<void> {
  const names =
    name === undefined ? [...deployment.components.keys()] : [findComponent(deployment.components, name).name];
  const label = (component: string) => (names.length === 1 ? '' : `${component.padEnd(20)} `);
  const sources = names.map((component) => ({
    label: label(component),
    file: placeIn(dataDirectory, component).logFile,
  }));
  const positions = new Map(sources.map(({ file }) => [file, sizeOf(file)]));
  for (const { label, file } of sources) for (const line of lastLines(file, lines)) printLine(`${label}${line}`);
  while (follow) {
    await delay(300);
    for (const { label, file } of sources) {
      const { text, end } = readFrom(file, positions.get(file) ?? 0);
      positions.set(file, end);
      if (text !== '')
        text
          .replace(/\n$/, '')
          .split('\n')
          .forEach((line) => printLine(`${label}${line}`));
    }
  }
}

/** The whole lines after a position, and where they end. A file that has become shorter is a new one. */
function readFrom(file: string, position: number): { text: string; end: number } {
  const size = sizeOf(file);
  const start = size < position ? 0 : position;
  if (size === start) return { text: '', end: start };
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(Math.min(size - start, 1024 * 1024));
  const read = readSync(handle, buffer, 0, buffer.length, start);
  closeSync(handle);
  const whole = buffer.subarray(0, buffer.lastIndexOf('\n', read) + 1);
  return { text: whole.toString('utf8'), end: start + whole.length };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
