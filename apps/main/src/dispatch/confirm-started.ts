import { changeCall, type CallChanging } from '../calls/change-call.ts';

/** Notes that the call's workflow runs. Where its first report or claim was faster, there is nothing left to note. */
export async function confirmStarted(changing: CallChanging, callId: string, runId: string): Promise<void> {
  await changeCall(changing, callId, async (call) => {
    if (call.status !== 'pending') return { answer: undefined };
    return { answer: undefined, events: [{ type: 'call.processing', data: { workflowId: callId, runId } }] };
  });
}
