import type { DependencyState } from '@darkroom/platform-http';
import type { ReadinessCheck, ReadinessChecks } from './readiness-check.ts';

export interface Readiness {
  status: 'ready' | 'degraded' | 'not_ready';
  dependencies: Record<string, DependencyState>;
}

const checkTimeoutMs = 2_000;

/** Asks every dependency at once. Without `postgres` nothing can be accepted; without `redis` only news come late; without another, accepted calls wait. */
export async function checkReadiness(checks: ReadinessChecks): Promise<Readiness> {
  const states = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check)] as const),
  );
  const dependencies = Object.fromEntries(states);
  if (dependencies['postgres']?.status === 'down') return { status: 'not_ready', dependencies };
  const isComplete = states.every(([name, { status }]) => status === 'up' || name === 'redis');
  return { status: isComplete ? 'ready' : 'degraded', dependencies };
}

async function stateOf(check: ReadinessCheck): Promise<DependencyState> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => timeout.reject(new Error(`did not answer within ${checkTimeoutMs / 1000} seconds`)),
    checkTimeoutMs,
  );
  try {
    await Promise.race([check(), timeout.promise]);
    return { status: 'up' };
  } catch (error) {
    return { status: 'down', detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
