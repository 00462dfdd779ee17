import type { Logger } from '@darkroom/platform-logging';
import { DefaultLogger, type LogEntry, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { subjectOf } from './log-subject.ts';

/** The one Temporal runtime of the process: its log goes to ours, and signals are left to us. */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', (entry) => write(logger, entry)),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} } },
  });
}

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

function write(logger: Logger, { level, message, meta = {} }: LogEntry): void {
  const { workflowId, workflowType, error, sdkComponent, ...rest } = meta as Record<string, unknown>;
  const subject = typeof workflowId === 'string' ? subjectOf(workflowId, workflowType) : {};
  logger[levels[level]]({ ...subject, ...pick(rest), ...(error !== undefined && { error }) }, message);
}

const told = ['activityType', 'taskQueue', 'attempt', 'reason'] as const;

/** Everything else that Temporal says beside its message is for its own developers, or holds inputs. */
function pick(meta: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(told.flatMap((name) => (meta[name] === undefined ? [] : [[name, meta[name]]])));
}
