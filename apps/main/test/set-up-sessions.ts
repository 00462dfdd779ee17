import type { SessionState } from '@darkroom/contract';
import { createApiKeyRing } from '../src/access/api-key-ring.ts';
import type { ConfiguredKey } from '../src/access/api-keys.schema.ts';
import { createKeyFingerprints } from '../src/access/key-fingerprints.ts';
import { createSessions } from '../src/sessions/sessions.ts';
import { browse, type BrowserRequest } from './browser.ts';
import { type PublicApi, testKeys, testTokens } from './public-api.ts';
import type { SetUpChoices } from './set-up-on-middleware.ts';
import { type Dependencies, setUpPublicApi } from './set-up-public-api.ts';

export const asAlpha = { authorization: `Bearer ${testKeys.alpha}` };
export const uploads = { maxImageBytes: 30 * 1024 * 1024, maxVideoBytes: 200 * 1024 * 1024 };
/** What `GET /v1/session` answers in a session of alpha. */
export const ofAlpha = { accountId: 'alpha', signedInBy: 'session', uploads };

/** Starts the public API for a test file about sessions. */
export function setUpSessions(choices?: SetUpChoices) {
  const api = setUpPublicApi(undefined, choices);
  return {
    api,
    statusOf: async (path: string, request: BrowserRequest, at: PublicApi = api) =>
      (await browse(at, path, request)).status,
    /** Whose session a cookie is; the status of the refusal where it is nobody's. */
    async who(cookie: string, at: PublicApi = api) {
      const response = await browse(at, '/v1/session', { cookie });
      return response.status === 200 ? ((await response.json()) as SessionState) : response.status;
    },
    /** Runs with another `main` on the same database, which is closed then. */
    async withApi(dependencies: Dependencies, run: (other: PublicApi) => Promise<void>): Promise<void> {
      const other = await api.startAnother(dependencies);
      try {
        await run(other);
      } finally {
        await other.close();
      }
    },
    /** What another start of `main` on the same database has with other keys, or with another secret. */
    restartedWith: (keys: ConfiguredKey[], secret = testTokens.secret): Dependencies => ({
      access: { accountOfKey: createApiKeyRing(keys), requiresKey: true },
      sessions: createSessions({ pool: api.pool, keyFingerprints: createKeyFingerprints(keys, secret), seconds: 60 }),
    }),
  };
}
