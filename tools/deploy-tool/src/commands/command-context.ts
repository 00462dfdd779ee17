import type { Deployment } from '../deployment/component-spec.ts';
import type { SupervisorPlace } from '../client/connect-supervisor.ts';

/** What every command works with. */
export interface CommandContext extends SupervisorPlace {
  readonly deployment: Deployment;
}
