import type { CallSignal, CallWorkflowInput } from '@darkroom/contract';

/** What starts and looks after a call's workflow. Every method rejects where the engine gives no answer: that says nothing of the call. */
export interface Engine {
  /** Starts the call's workflow or, where one was started before, answers which. It never starts a second one. */
  start(workflow: { type: string; taskQueue: string; input: CallWorkflowInput }): Promise<{ runId: string }>;
  /** What has become of the call's workflow. */
  look(callId: string, options?: { withinMilliseconds: number }): Promise<WorkflowLook>;
  /** What a completed workflow returned. */
  result(callId: string, runId: string): Promise<unknown>;
  /** Ends a running workflow. Answers false where it has ended by itself meanwhile. */
  terminate(callId: string, options: { runId: string; reason: string }): Promise<boolean>;
  /** Tells a call's workflow something; `not_found` where there is none that still runs. To repeat it does no harm. */
  signal(callId: string, signal: CallSignal, payload?: unknown): Promise<'delivered' | 'not_found'>;
  /** How long the engine remembers workflows that have ended. */
  retentionSeconds(): Promise<number>;
}

/** `ended` is every end without a return value. */
export type WorkflowLook =
  | { kind: 'not_found' }
  | { kind: 'running'; runId: string; lastHeartbeatAt?: Date }
  | { kind: 'completed'; runId: string }
  | { kind: 'ended'; runId: string; how: string };
