import { setTimeout as delay } from 'node:timers/promises';
import { type CallReportAnswer, callReportAnswerSchema } from '@darkroom/contract';

export interface ReportingPlace {
  mainInternalUrl: string;
  internalToken: string;
}

const retryMs = 100;

/** Reports a step of a call, as its workflow would, and again until `main` has answered. */
export async function reportProgress(
  { mainInternalUrl, internalToken }: ReportingPlace,
  callId: string,
  step: number,
): Promise<CallReportAnswer> {
  const body = JSON.stringify({
    reportId: `run-of-${callId}:${step}`,
    runId: `run-of-${callId}`,
    workflowId: callId,
    events: [{ type: 'call.progress', data: { currentStep: `step ${step}`, completedSteps: [] } }],
  });
  for (;;) {
    const response = await fetch(`${mainInternalUrl}/internal/calls/${callId}/reports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${internalToken}`, 'content-type': 'application/json' },
      body,
    }).catch(() => undefined);
    const answer = await response?.text().catch(() => undefined);
    if (response !== undefined && answer !== undefined) {
      if (response.ok) return callReportAnswerSchema.parse(JSON.parse(answer));
      if (response.status < 500) throw new Error(`The report was answered ${response.status}: ${answer}`);
    }
    // It is being restarted.
    await delay(retryMs);
  }
}
