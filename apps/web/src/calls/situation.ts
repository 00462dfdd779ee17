import type { Call } from '@darkroom/contract';
import { isEnded } from '../live/apply-event.ts';
import { formatMoment } from '../words/formats.ts';
import type { Words } from '../words/words.ts';

export type Tone = 'waiting' | 'busy' | 'good' | 'bad' | 'idle';

/** How a call stands, in words that a person understands. */
export interface Situation {
  tone: Tone;
  label: string;
  detail?: string;
  /** 0 to 100, where the provider tells it. */
  percent?: number;
}

export function situationOf(call: Call, words: Words): Situation {
  const { calls: say } = words;
  if (isEnded(call)) return endOf(call, words);
  if (call.cancelRequestedAt !== undefined)
    return call.cancelResult?.result === 'not_possible'
      ? { tone: 'busy', label: say.status.processing, detail: say.cannotStop, ...percentOf(call) }
      : { tone: 'busy', label: say.cancelling, detail: say.cancellingDetail };
  if (call.status === 'pending') return { tone: 'waiting', label: say.status.pending, detail: waitOf(call, words) };
  const isStoring = call.waitingFor === undefined && call.submissions.accepted > 0;
  return {
    tone: 'busy',
    label: say.status.processing,
    detail: isStoring ? say.storing : say.waitingFor[call.waitingFor ?? 'provider'],
    ...percentOf(call),
  };
}

function percentOf({ progress: { percent } }: Call): Pick<Situation, 'percent'> {
  return percent === undefined ? {} : { percent };
}

/** What a failure means and what to do next, and more of it where there is some, mostly in the provider's own words. */
export function sayFailure({ error }: Pick<Call, 'error'>, { calls: say }: Words) {
  const [title, advice] = say.failures[error?.code ?? 'internal'] ?? say.failures['internal'] ?? ['', ''];
  const { provider } = error ?? {};
  const own = provider?.message ?? (error?.code === 'invalid_input' ? error.message : undefined);
  return { title, advice, own, isOfProvider: provider?.message !== undefined };
}

/** Before the call was submitted, or where every submission was refused, nothing can have been charged. */
export function isUnpaid({ submissions: { claimed, refused } }: Pick<Call, 'submissions'>): boolean {
  return claimed - refused <= 0;
}

function endOf(call: Call, words: Words): Situation {
  const { calls: say } = words;
  switch (call.status) {
    case 'completed':
      return {
        tone: 'good',
        label: say.status.completed,
        ...(call.cancelRequestedAt !== undefined && { detail: say.finishedAnyway }),
      };
    case 'cancelled':
      if (call.lateArtifacts !== undefined)
        return { tone: 'idle', label: say.status.cancelled, detail: say.lateResult };
      return { tone: 'idle', label: say.status.cancelled, detail: wasFree(call) ? say.notCharged : say.maybeCharged };
    default:
      return { tone: 'bad', label: say.status.failed, detail: sayFailure(call, words).title };
  }
}

/** Nothing was submitted, or the provider itself says that it does not charge. */
function wasFree(call: Call): boolean {
  return isUnpaid(call) || (call.cancelResult?.result === 'cancelled' && call.cancelResult.billing === 'not_charged');
}

function waitOf({ waitingFor = 'engine', startAt }: Call, { calls: say, locale }: Words): string {
  if (waitingFor === 'start_time' && startAt !== undefined) return say.startsAt(formatMoment(startAt, locale));
  return say.waitingFor[waitingFor];
}
