import { withoutSecrets } from './clean-secrets.ts';

const longestText = 2048;
// What the next step goes on by: changed, it would lead nowhere.
const ids = new Set(['externalId', 'candidates', 'credentialId']);
// `toCallReport` has cleaned them, and `main` may have them in these words already.
const reports = new Set(['report', 'unreported']);

/**
 * What an activity hands to Temporal, which shows it to whoever may look at a workflow: no secret is in what providers and errors said, and
 * every text is as short as the schemas of the results allow.
 */
export function forHistory(value: unknown, secrets: readonly string[]): unknown {
  // A secret that is cut in the middle could not be told from other text any more.
  if (typeof value === 'string') return withoutSecrets(value, secrets).slice(0, longestText);
  if (Array.isArray(value)) return value.map((entry) => forHistory(entry, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      ids.has(key) || reports.has(key) ? entry : forHistory(entry, secrets),
    ]),
  );
}
