import type { UnclearSubmission } from '../call/poll-activity.schema.ts';
import { askProviderAbout } from './ask-about-task.ts';
import type { CallWork } from './call-work.ts';
import { pause } from './pause.ts';
import type { AnyPollHandler } from './poll-work.ts';

/** `absent`: every look at the list was whole, and each task it showed belongs to somebody else. `unproven`: everything else. */
export type Absence = { kind: 'absent' } | { kind: 'unproven'; reason: string; candidates: string[] };

const looks = 4;
const mostTries = 8;
const mostPages = 20;
// A clock of ours that is ahead must not make a task of ours an older one: what others have claimed is no candidate anyway.
const clockSkewMs = 15 * 60_000;
const mostCandidates = 20;
const idsInOneQuestion = 500;

interface Search {
  listing: NonNullable<AnyPollHandler['listing']>;
  submission: UnclearSubmission;
  /** Over how long the list is asked again: a task may appear in it late. */
  windowSeconds: number;
}

/**
 * Asks the provider's list again and again. What it shows of the time of the submission may be another account's task that is just being
 * reported: only what nobody has claimed at the end counts, and none of it is adopted.
 */
export async function proveAbsence(work: CallWork, search: Search): Promise<Absence> {
  const seen = new Set<string>();
  let whole = 0;
  let fault = '';
  const pauseOnce = () => pause((search.windowSeconds * 1000) / (looks - 1), work.context.stopping);
  for (let tries = 0; tries < mostTries && whole < looks; tries += 1) {
    if (tries > 0) await pauseOnce();
    const listed = await listOnce(work, search);
    if (typeof listed === 'string') {
      fault = listed;
      continue;
    }
    whole += 1;
    for (const externalId of listed) seen.add(externalId);
  }
  let left = await unclaimed(work, search.submission.credentialId, [...seen]);
  if (whole === looks && left.length > 0) {
    // Whoever made what the last look showed may still be waiting for the answer that names it.
    await pauseOnce();
    // A worker that stops must not call it unproven before its time: the work is given back.
    work.context.stopping.throwIfAborted();
    left = await unclaimed(work, search.submission.credentialId, left);
  }
  const candidates = left.slice(0, mostCandidates);
  if (whole < looks) return { kind: 'unproven', reason: `The provider's list could not be read: ${fault}`, candidates };
  if (candidates.length === 0) return { kind: 'absent' };
  return {
    kind: 'unproven',
    reason:
      "The provider's list shows tasks of that time that nobody has claimed. Which of them is this one cannot be known.",
    candidates,
  };
}

/**
 * The tasks since the submission's time, without an end to it: a provider may say later than we do when it made one. Or why the list does
 * not tell them all.
 */
async function listOnce(work: CallWork, { listing, submission }: Search): Promise<string[] | string> {
  const { context, operation, call } = work;
  const settings = context.settingsOf(submission.credentialId);
  if (settings === undefined) return `The credentials ${submission.credentialId} are configured no more.`;
  const input = operation.input.parse(call.input);
  const since = new Date(Date.parse(submission.claimedAt) - clockSkewMs);
  const sinceThen: string[] = [];
  const known = new Set<string>();
  let isNewestFirst = true;
  let oldest: Date | undefined;
  let after: string | undefined;
  for (let page = 1; page <= mostPages; page += 1) {
    const given = { input, settings, since, page, ...(after !== undefined && { after }) };
    const { outcome } = await askProviderAbout(work, {
      credentialId: submission.credentialId,
      signal: context.stopping,
      query: () => listing.toListRequest(given),
      read: (response) => listing.fromListResponse({ response }),
    });
    if (outcome.kind !== 'listed') return outcome.reason;
    const isNew = outcome.tasks.some(({ externalId }) => !known.has(externalId));
    if (page > 1 && !isNew) return 'Its pages repeat themselves.';
    for (const { externalId, createdAt } of outcome.tasks) {
      known.add(externalId);
      after = externalId;
      if (createdAt >= since) sinceThen.push(externalId);
      if (oldest !== undefined && createdAt > oldest) isNewestFirst = false;
      oldest = createdAt;
    }
    const { hasMore, total } = outcome;
    const isWhole = total === undefined ? !hasMore : known.size >= total;
    if (isWhole || (isNewestFirst && oldest !== undefined && oldest < since)) return sinceThen;
  }
  return `It is longer than ${mostPages} pages.`;
}

async function unclaimed({ context, call }: CallWork, credentialId: string, ids: string[]): Promise<string[]> {
  const left: string[] = [];
  for (let start = 0; start < ids.length; start += idsInOneQuestion) {
    const externalIds = ids.slice(start, start + idsInOneQuestion);
    const { claimed } = await context.main.claimedExternalIds({
      integration: call.integration,
      credentialId,
      externalIds,
    });
    left.push(...externalIds.filter((id) => !claimed.includes(id)));
  }
  return left;
}
