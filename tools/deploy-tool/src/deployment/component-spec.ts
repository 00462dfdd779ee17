/** One thing to run, with every reference resolved. */
export type ComponentSpec = MiddlewareSpec | ServiceSpec;

export interface MiddlewareSpec extends CommonSpec {
  readonly kind: 'middleware';
  readonly driverPath: string;
  readonly settings: Record<string, unknown>;
}

export interface ServiceSpec extends CommonSpec {
  readonly kind: 'service';
  readonly command: readonly string[];
  readonly watchCommand: readonly string[];
  readonly workingDirectory: string;
  readonly readyUrl: string;
  readonly addresses: Record<string, string>;
  readonly stopSeconds: number;
}

interface CommonSpec {
  readonly name: string;
  readonly ports: Record<string, ComponentPort>;
  readonly dependsOn: readonly string[];
  /** Components that are ready before this one starts, where they are started with it. */
  readonly startsAfter: readonly string[];
  /** Services that must still run while this one stops. */
  readonly stopsBefore: readonly string[];
  readonly readySeconds: number;
  /** The environment of the process. */
  readonly environment: Record<string, string | undefined>;
  /** Changes when anything changes that the deploy file, `.env` or an overriding variable says. */
  readonly fingerprint: string;
}

export interface ComponentPort {
  /** The environment variable that changes it. */
  readonly variable: string;
  readonly number: number;
}

export interface Deployment {
  readonly root: string;
  readonly dataDirectory: string;
  readonly components: ReadonlyMap<string, ComponentSpec>;
  readonly firstSteps: readonly string[];
}
