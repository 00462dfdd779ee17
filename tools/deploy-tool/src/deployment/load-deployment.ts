import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { ComponentPort, ComponentSpec, Deployment } from './component-spec.ts';
import { deployFileSchema, type DeployFile, type MiddlewareEntry, type ServiceEntry } from './deploy-file.schema.ts';
import { DeploymentError } from './deployment-error.ts';
import { expandReferences, type LookUpReference } from './expand-references.ts';
import { localSecret } from './local-secret.ts';
import { readDotEnv } from './read-dot-env.ts';
import { readPorts } from './read-ports.ts';

interface Sources {
  readonly file: DeployFile;
  readonly filePath: string;
  readonly root: string;
  readonly dataDirectory: string;
  readonly dotEnv: NodeJS.Dict<string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly lookUp: LookUpReference;
}

/** Reads a deploy file, which lies in a folder of the checkout, with `.env` and the environment, which overrule it. */
export function loadDeployment(filePath: string, environment: NodeJS.ProcessEnv): Deployment {
  const file = readDeployFile(filePath);
  const root = dirname(dirname(resolve(filePath)));
  const dotEnv = readDotEnv(root);
  const overrides = { ...dotEnv, ...environment };
  const dataDirectory = resolve(root, overrides['DARKROOM_DATA_DIR'] || '.darkroom');
  const ports = readPorts(file, overrides);
  const lookUp = referencesOf({ root, dataDirectory, ports });
  const sources: Sources = { file, filePath, root, dataDirectory, dotEnv, environment, lookUp };

  const replaced = new Set(Object.keys(file.middleware).filter((name) => isReplaced(file.middleware[name], overrides)));
  const portsOf = (name: string) => ports.get(name) ?? {};
  const specs: ComponentSpec[] = [
    ...Object.entries(file.middleware).filter(([name]) => !replaced.has(name)).map(([name, entry]) => middlewareSpec(name, entry, portsOf(name), sources)),
    ...Object.entries(file.services).map(([name, entry]) => serviceSpec(name, entry, portsOf(name), sources)),
  ];
  const components = new Map(
    specs.map((spec) => [spec.name, { ...spec, dependsOn: spec.dependsOn.filter((name) => !replaced.has(name)) }]),
  );
  refuseUnknownNames(components);
  return { root, dataDirectory, components, firstSteps: expandReferences(file.firstSteps, lookUp) };
}

function readDeployFile(path: string): DeployFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new DeploymentError(`The deploy file ${path} could not be read: ${(cause as Error).message}`, { cause });
  }
  const parsed = deployFileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new DeploymentError(`The deploy file ${path} is not right:\n${z.prettifyError(parsed.error)}`);
}

function referencesOf({ root, dataDirectory, ports }: { root: string; dataDirectory: string; ports: ReturnType<typeof readPorts> }): LookUpReference {
  const byVariable = new Map([...ports.values()].flatMap((roles) => Object.values(roles).map((port) => [port.variable, String(port.number)])));
  return (reference) => {
    if (reference === 'ROOT') return root;
    if (reference === 'DATA_DIRECTORY') return dataDirectory;
    const secret = /^SECRET:([a-z0-9-]+)$/.exec(reference)?.[1];
    return secret === undefined ? byVariable.get(reference) : localSecret(dataDirectory, secret);
  };
}

function isReplaced(entry: MiddlewareEntry | undefined, overrides: NodeJS.Dict<string>): boolean {
  return entry?.replacedBy.some((variable) => Boolean(overrides[variable])) === true;
}

function middlewareSpec(name: string, entry: MiddlewareEntry, ports: Record<string, ComponentPort>, sources: Sources): ComponentSpec {
  const { dependsOn, readySeconds } = entry;
  const settings = expandReferences(entry.settings, sources.lookUp);
  const driverPath = resolve(dirname(sources.filePath), entry.driver);
  const environment = { ...sources.dotEnv, ...sources.environment };
  const fingerprint = fingerprintOf({ driverPath, settings, ports });
  return { kind: 'middleware', name, ports, dependsOn, stopsBefore: [], readySeconds, driverPath, settings, environment, fingerprint };
}

function serviceSpec(name: string, entry: ServiceEntry, ports: Record<string, ComponentPort>, sources: Sources): ComponentSpec {
  const { lookUp, dotEnv, root } = sources;
  const readyPort = ports[entry.ready.port];
  if (readyPort === undefined) throw new DeploymentError(`"ready" of ${name} names the port "${entry.ready.port}", which it does not have.`);
  const profile = withoutReplaced(expandReferences({ ...sources.file.environment, ...entry.environment }, lookUp), sources);
  const environment = { ...profile, ...dotEnv, ...sources.environment };
  const said = Object.keys({ ...profile, ...dotEnv }).sort().map((key) => [key, environment[key]]);
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
    stopsBefore: entry.stopsBefore,
    readySeconds: entry.readySeconds,
    stopSeconds: entry.stopSeconds,
    workingDirectory: join(root, entry.workingDirectory),
    readyUrl: `http://127.0.0.1:${readyPort.number}${entry.ready.path}`,
    fingerprint: fingerprintOf({ command, ports, said }),
  };
}

/** Where a person names a server of their own by one variable, the profile must not set another one for the same server. */
function withoutReplaced(profile: Record<string, string>, { file, dotEnv, environment }: Sources): Record<string, string> {
  const replaced = Object.values(file.middleware)
    .filter((entry) => isReplaced(entry, { ...dotEnv, ...environment }))
    .flatMap((entry) => entry.replacedBy);
  return Object.fromEntries(Object.entries(profile).filter(([key]) => !replaced.includes(key)));
}

function refuseUnknownNames(components: ReadonlyMap<string, ComponentSpec>): void {
  for (const { name, dependsOn, stopsBefore } of components.values()) {
    const unknown = [...dependsOn, ...stopsBefore].find((other) => !components.has(other));
    if (unknown !== undefined) throw new DeploymentError(`${name} in the deploy file names "${unknown}", which the file does not describe.`);
  }
}

function fingerprintOf(said: unknown): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
