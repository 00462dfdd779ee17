import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { ComponentPort, ComponentSpec } from './component-spec.ts';
import type { DeployFile, MiddlewareEntry, ServiceEntry } from './deploy-file.schema.ts';
import { DeploymentError } from './deployment-error.ts';
import { expandReferences, type LookUpReference } from './expand-references.ts';

export interface SpecSources {
  readonly file: DeployFile;
  readonly filePath: string;
  readonly root: string;
  readonly dotEnv: NodeJS.Dict<string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly ports: ReadonlyMap<string, Record<string, ComponentPort>>;
  readonly lookUp: LookUpReference;
}

/** Everything that a deploy file describes, without the middleware that a person has replaced by a server of their own. */
export function componentSpecs(asGiven: SpecSources): ComponentSpec[] {
  const sources = withPathsFromRoot(asGiven);
  const { middleware, services } = sources.file;
  const replaced = Object.keys(middleware).filter((name) => isReplaced(middleware[name], sources));
  const specs = [
    ...Object.entries(middleware)
      .filter(([name]) => !replaced.includes(name))
      .map(([name, entry]) => middlewareSpec(name, entry, sources)),
    ...Object.entries(services).map(([name, entry]) => serviceSpec(name, entry, sources)),
  ];
  return specs.map((spec) => ({ ...spec, dependsOn: spec.dependsOn.filter((name) => !replaced.includes(name)) }));
}

/** Each service runs in a folder of its own, but who writes a relative path into `.env` means it from where that file lies. */
function withPathsFromRoot(sources: SpecSources): SpecSources {
  const { root, file, dotEnv, environment } = sources;
  const fromRoot = (variables: NodeJS.Dict<string>) =>
    Object.fromEntries(
      Object.entries(variables).map(([key, value]) =>
        value && file.pathVariables.includes(key) ? [key, resolve(root, value)] : [key, value],
      ),
    );
  return { ...sources, dotEnv: fromRoot(dotEnv), environment: fromRoot(environment) };
}

function isReplaced(entry: MiddlewareEntry | undefined, { dotEnv, environment }: SpecSources): boolean {
  const overrides = { ...dotEnv, ...environment };
  return entry?.replacedBy.some((variable) => Boolean(overrides[variable])) === true;
}

function middlewareSpec(name: string, entry: MiddlewareEntry, sources: SpecSources): ComponentSpec {
  const ports = sources.ports.get(name) ?? {};
  const { dependsOn, readySeconds } = entry;
  const settings = expandReferences(entry.settings, sources.lookUp);
  const driverPath = resolve(dirname(sources.filePath), entry.driver);
  const environment = { ...sources.dotEnv, ...sources.environment };
  const fingerprint = fingerprintOf({ driverPath, settings, ports });
  return {
    kind: 'middleware',
    name,
    ports,
    dependsOn,
    startsAfter: [],
    stopsBefore: [],
    readySeconds,
    driverPath,
    settings,
    environment,
    fingerprint,
  };
}

function serviceSpec(name: string, entry: ServiceEntry, sources: SpecSources): ComponentSpec {
  const ports = sources.ports.get(name) ?? {};
  const { lookUp, dotEnv, root } = sources;
  const readyPort = ports[entry.ready.port];
  if (readyPort === undefined)
    throw new DeploymentError(`"ready" of ${name} names the port "${entry.ready.port}", which it does not have.`);
  const profile = withoutReplaced(
    expandReferences({ ...sources.file.environment, ...entry.environment }, lookUp),
    sources,
  );
  const environment = { ...profile, ...dotEnv, ...sources.environment };
  const said = Object.keys({ ...profile, ...dotEnv })
    .sort()
    .map((key) => [key, environment[key]]);
  const { command, watchCommand, addresses } = expandReferences(
    { command: entry.command, watchCommand: entry.watchCommand, addresses: entry.addresses },
    lookUp,
  );
  return {
    kind: 'service',
    name,
    ports,
    ...{ command, watchCommand, addresses, environment },
    dependsOn: entry.dependsOn,
    startsAfter: entry.startsAfter,
    stopsBefore: entry.stopsBefore,
    readySeconds: entry.readySeconds,
    stopSeconds: entry.stopSeconds,
    workingDirectory: join(root, entry.workingDirectory),
    readyUrl: `http://127.0.0.1:${readyPort.number}${entry.ready.path}`,
    fingerprint: fingerprintOf({ command, ports, said }),
  };
}

/** What a person says by one variable, the profile must not say otherwise by another: a server of their own, or a value by its other name. */
function withoutReplaced(profile: Record<string, string>, sources: SpecSources): Record<string, string> {
  const { file, dotEnv, environment } = sources;
  const overrides = { ...dotEnv, ...environment };
  const servers = Object.values(file.middleware).filter((entry) => isReplaced(entry, sources));
  const renamed = Object.entries(file.otherNames).filter(([, names]) => names.some((name) => overrides[name]));
  const replaced = [...servers.flatMap(({ replacedBy }) => replacedBy), ...renamed.map(([variable]) => variable)];
  return Object.fromEntries(Object.entries(profile).filter(([key]) => !replaced.includes(key)));
}

function fingerprintOf(said: unknown): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
