import { beforeAll } from '@jest/globals';
import type { SpoolLimits } from '../src/spool/put-in-spool.ts';
import { type InternalApi, startInternalApi } from './internal-api.ts';
import { type InternalSideOfFile, setUpInternalSide } from './set-up-internal-side.ts';
import type { SetUpChoices } from './set-up-on-middleware.ts';

/** Opens the inside of `main` and its API for workers for a test file, and closes both. */
export function setUpInternalApi(choices: SetUpChoices & { spoolLimits?: SpoolLimits } = {}): {
  main: InternalSideOfFile;
  api: InternalApi;
} {
  const main = setUpInternalSide(choices);
  const api = {} as InternalApi;
  beforeAll(async () => {
    Object.assign(api, await startInternalApi(main, choices.spoolLimits));
    main.endLater(() => api.close());
  });
  return { main, api };
}
