import type { TestMiddleware } from '@darkroom/testing';
import type { AppDependencies } from '../src/app.ts';
import { type PublicApi, startPublicApi } from './public-api.ts';
import { type OnMiddleware, type SetUpChoices, setUpOnMiddleware } from './set-up-on-middleware.ts';

export type Dependencies = Partial<AppDependencies>;

/** The public API with its database. */
export interface PublicApiOnDatabase extends PublicApi {
  databaseUrl: string;
  /** Another `main` on the same database; what is given takes the place of what this one has. Close it. */
  startAnother(dependencies?: Dependencies): Promise<PublicApi>;
  /** One that waits for the locks of others no longer than in production. Close it. */
  startImpatient(): Promise<PublicApi>;
}

/** Starts the public API for a test file, or for each of its tests, and stops it. */
export function setUpPublicApi(
  dependencies: (middleware: TestMiddleware) => Dependencies | Promise<Dependencies> = () => ({}),
  choices: SetUpChoices = {},
): PublicApiOnDatabase & OnMiddleware {
  return setUpOnMiddleware(async (middleware) => openPublicApi(middleware, await dependencies(middleware)), choices);
}

/** Starts the public API on a database of its own. */
export async function openPublicApi(
  { postgres }: TestMiddleware,
  dependencies: Dependencies,
): Promise<PublicApiOnDatabase> {
  const databaseUrl = await postgres.createDatabase();
  const startAnother = (more: Dependencies = {}) => startPublicApi(databaseUrl, { ...dependencies, ...more });
  const startImpatient = () => startPublicApi(`${databaseUrl}?options=${withoutLockTimeout}`, dependencies);
  return { ...(await startAnother()), databaseUrl, startAnother, startImpatient };
}

/** Databases of tests have one that a machine which stands still does not reach. */
const withoutLockTimeout = encodeURIComponent('-c lock_timeout=0');
