import type { RestartableMiddleware } from '../middleware/restartable-middleware.ts';
import { databasesAt, dropDatabases } from '../middleware/test-databases.ts';
import { bucketsAt, type TestObjectStore } from '../middleware/test-object-store.ts';
import type { TestPostgres } from '../middleware/test-postgres.ts';
import type { TestTemporal } from '../middleware/test-temporal.ts';
import { askKeeper } from './ask-keeper.ts';

/** A middleware as a test file has it, and what it does when the file is done with it. */
export interface Borrowed<Middleware> {
  readonly middleware: Middleware;
  giveBack(): Promise<void>;
}

/** The PostgreSQL of this run. The databases that are made in it are removed when it is given back. */
export async function borrowPostgres(): Promise<Borrowed<TestPostgres>> {
  const { createDatabase, ...databases } = databasesAt((await askKeeper('postgres')).port);
  const made: string[] = [];
  return {
    middleware: {
      ...ofEverybody('postgres'),
      ...databases,
      createDatabase: async () => {
        const url = await createDatabase();
        made.push(url);
        return url;
      },
    },
    giveBack: () => dropDatabases(databases.adminUrl, made),
  };
}

/** The Temporal of this run, with a namespace of the file's own. */
export async function borrowTemporal(): Promise<Borrowed<TestTemporal>> {
  const refuse = refusalOf('temporal');
  const middleware = { ...ofEverybody('temporal'), ...(await askKeeper('temporal')), databaseFile: refuse };
  return { middleware, giveBack: nothingToDo };
}

/** The object store of this run. */
export async function borrowObjectStore(): Promise<Borrowed<TestObjectStore>> {
  const access = await askKeeper('objectStore');
  return { middleware: { ...ofEverybody('objectStore'), ...bucketsAt(access) }, giveBack: nothingToDo };
}

// What is left in it goes when the run ends.
const nothingToDo = () => Promise.resolve();

function ofEverybody(name: string): RestartableMiddleware {
  const refuse = refusalOf(name);
  return { stop: refuse, start: refuse, kill: refuse, isRunning: refuse, processId: refuse, lastLines: refuse };
}

function refusalOf(name: string): () => never {
  return () => {
    throw new Error(
      `This ${name} is that of all test files of the run. A test that stops it asks for one of its own: startTestMiddleware({ ${name}: true }).`,
    );
  };
}
