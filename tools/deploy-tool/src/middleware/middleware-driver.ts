import type { BinaryDefinition } from '../binaries/binary-definition.ts';
import type { BinaryContext } from '../binaries/resolve-binary.ts';
import type { ProcessPlan } from '../process/managed-process.ts';

/** What a driver is given: where its middleware lives and where it listens. */
export interface MiddlewareContext extends BinaryContext {
  readonly name: string;
  /** The middleware's own directory. It exists. */
  readonly dataDirectory: string;
  /** The ports by the role they have in the deploy file. */
  readonly ports: Readonly<Record<string, number>>;
  /** The driver's own settings from the deploy file. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** How one kind of middleware is run. The engine around it spawns, watches, restarts and stops the process. */
export interface MiddlewareDriver {
  /** Readies binaries and directories and says what to run. Called before every start, so it must be safe to repeat. */
  prepare(context: MiddlewareContext): Promise<ProcessPlan>;
  /** What `prepare` runs, where it has to be built or downloaded: `darkroom install` gets it beforehand. */
  readonly binary?: BinaryDefinition;
  /** Asks the running middleware a real question. Rejects, with the reason, for as long as it cannot answer it. */
  check(context: MiddlewareContext): Promise<void>;
  /** Called once after each start, when `check` has passed: what must exist before anybody uses it. */
  provision?(context: MiddlewareContext): Promise<void>;
  /** What it prints when it could not start for a reason that passes by itself: then the start is repeated for 10 s. */
  readonly passingFailure?: RegExp;
  /** Where people and services find it, by a word for each. */
  addresses(context: MiddlewareContext): Record<string, string>;
}

/** The port with a role, or an error that says what the deploy file lacks. */
export function portFor({ name, ports }: MiddlewareContext, role: string): number {
  const port = ports[role];
  if (port === undefined)
    throw new Error(`${name} needs a port called "${role}": add it to "ports" in the deploy file.`);
  return port;
}
