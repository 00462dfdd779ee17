import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ImageDialect } from './image-dialect.ts';
import type { TaskDialect } from './task-dialect.ts';

export interface Dialects {
  readonly images: readonly ImageDialect[];
  readonly tasks: readonly TaskDialect[];
}

// This file is .ts, and .js once it is built: so are the dialects beside it.
const ending = `.dialect${extname(import.meta.filename)}`;

/** Every dialect that a `*.dialect.ts` below the folder exports, by path and then by name: a new provider is a new file. A file that does not load, or exports something else, stops the simulator. */
export async function collectDialects(directory = import.meta.dirname): Promise<Dialects> {
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith(ending)).sort();
  const images: ImageDialect[] = [];
  const tasks: TaskDialect[] = [];
  for (const file of files) {
    for (const dialect of await dialectsOf(join(directory, file))) {
      if (isTaskDialect(dialect)) tasks.push(dialect);
      else images.push(dialect);
    }
  }
  return { images, tasks };
}

async function dialectsOf(path: string): Promise<(ImageDialect | TaskDialect)[]> {
  const exported = await import(pathToFileURL(path).href).then(
    (module: object) => Object.values(module) as unknown[],
    (cause: unknown) => {
      throw new Error(`The simulator's provider ${path} cannot be loaded: ${String(cause)}`, { cause });
    },
  );
  if (exported.length === 0 || !exported.every(isDialect)) {
    throw new Error(`${path} has to export dialects, each with name, basePath and paths, and nothing else.`);
  }
  return exported;
}

function isDialect(value: unknown): value is ImageDialect | TaskDialect {
  return typeof value === 'object' && value !== null && ['name', 'basePath', 'paths'].every((key) => key in value);
}

function isTaskDialect(dialect: ImageDialect | TaskDialect): dialect is TaskDialect {
  return 'newTaskId' in dialect;
}
