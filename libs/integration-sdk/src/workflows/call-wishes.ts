import type { CallbackSignal, CallSignal, CallWorkflowInput } from '@darkroom/contract';
import { defineSignal, patched, setHandler } from '@temporalio/workflow';
import { createRefreshAllowance } from './refresh-allowance.ts';

/** What was asked of a call while it runs. Signals come at any time and more than once; none of them does anything by itself. */
export interface CallWishes {
  isCancelRequested(): boolean;
  /** Whether somebody wants a look now, and hears of it once. */
  isLookWanted(): boolean;
  wantLook(): void;
  takeLook(): void;
  /** From now on callbacks of this attempt count. One that came before is kept; one that says that the task goes on wants no look. */
  follow(attempt: number): void;
  /** The task that a callback with this attempt's token named: the proof that the provider took the submission. */
  provenTask(attempt: number): string | undefined;
}

const named = <Name extends CallSignal>(name: Name) => name;
const refreshSignal = defineSignal(named('refresh'));
const callbackSignal = defineSignal<[CallbackSignal]>(named('callback'));
const cancelSignal = defineSignal(named('cancel'));

const defaultSlowIntervalSeconds = 60;

interface CalledBack {
  externalId: string | undefined;
  isFinal: boolean;
}

/** Registers the handlers of a workflow that hears of nothing but a cancel. Answers whether one was requested. */
export function receiveCancel(): () => boolean {
  let isCancelRequested = false;
  setHandler(cancelSignal, () => {
    // Calls that were under way before this was heard of go on as they began.
    isCancelRequested ||= patched('cancel-ends-the-wait');
  });
  return () => isCancelRequested;
}

/** Registers the handlers; the first thing that a workflow does. */
export function receiveWishes({ limits }: Pick<CallWorkflowInput, 'limits'>): CallWishes {
  const mayRefresh = createRefreshAllowance(limits.pollSlowIntervalSeconds ?? defaultSlowIntervalSeconds);
  let isCancelRequested = false;
  let isLookWanted = false;
  let followed = 1;
  const calledBack = new Map<number, CalledBack>();

  setHandler(refreshSignal, () => {
    if (isLookWanted) return;
    isLookWanted = mayRefresh(Date.now()) || !patched('refreshes-are-bounded');
  });
  setHandler(cancelSignal, () => {
    isCancelRequested = true;
  });
  setHandler(callbackSignal, ({ attempt, externalId, isFinal = true }) => {
    // An id is proof only for its own attempt, and the first one stands.
    const before = calledBack.get(attempt);
    calledBack.set(attempt, {
      externalId: before?.externalId ?? externalId,
      isFinal: isFinal || before?.isFinal === true,
    });
    if (attempt === followed && isFinal) isLookWanted = true;
  });

  return {
    isCancelRequested: () => isCancelRequested,
    isLookWanted: () => isLookWanted,
    wantLook() {
      isLookWanted = true;
    },
    takeLook() {
      isLookWanted = false;
    },
    follow(attempt) {
      if (attempt === followed) return;
      followed = attempt;
      isLookWanted = calledBack.get(attempt)?.isFinal === true;
    },
    provenTask: (attempt) => calledBack.get(attempt)?.externalId,
  };
}
