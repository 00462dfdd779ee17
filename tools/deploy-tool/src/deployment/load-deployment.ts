import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { ComponentSpec, Deployment } from './component-spec.ts';
import { componentSpecs } from './component-specs.ts';
import { deployFileSchema, type DeployFile } from './deploy-file.schema.ts';
import { DeploymentError } from './deployment-error.ts';
import { expandReferences, type LookUpReference } from './expand-references.ts';
import { localSecret } from './local-secret.ts';
import { readDotEnv } from './read-dot-env.ts';
import { readOtherPorts, readPorts } from './read-ports.ts';

/** Reads a deploy file, which lies in a folder of the checkout, with `.env` and the environment, which overrule it. */
export function loadDeployment(filePath: string, environment: NodeJS.ProcessEnv): Deployment {
  const file = readDeployFile(filePath);
  const root = dirname(dirname(resolve(filePath)));
  const dotEnv = readDotEnv(root);
  const overrides = { ...dotEnv, ...environment };
  const dataDirectory = resolve(root, overrides['DARKROOM_DATA_DIR'] || '.darkroom');
  const ports = readPorts(file, overrides);
  const lookUp = referencesOf({ root, dataDirectory, ports, otherPorts: readOtherPorts(file, overrides) });
  const specs = componentSpecs({ file, filePath, root, dotEnv, environment, ports, lookUp });
  const components = new Map(specs.map((spec) => [spec.name, spec]));
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

function referencesOf({
  root,
  dataDirectory,
  ports,
  otherPorts,
}: {
  root: string;
  dataDirectory: string;
  ports: ReturnType<typeof readPorts>;
  otherPorts: ReturnType<typeof readOtherPorts>;
}): LookUpReference {
  const ownPorts = [...ports.values()].flatMap((roles) => Object.values(roles));
  const byVariable = new Map([...otherPorts, ...ownPorts.map(({ variable, number }) => [variable, number] as const)]);
  return (reference) => {
    if (reference === 'ROOT') return root;
    if (reference === 'DATA_DIRECTORY') return dataDirectory;
    const secret = /^SECRET:([a-z0-9-]+)$/.exec(reference)?.[1];
    return secret === undefined ? byVariable.get(reference)?.toString() : localSecret(dataDirectory, secret);
  };
}

function refuseUnknownNames(components: ReadonlyMap<string, ComponentSpec>): void {
  const before = new Set<string>();
  for (const { name, dependsOn, startsAfter, stopsBefore } of components.values()) {
    const unknown = [...dependsOn, ...startsAfter, ...stopsBefore].find((other) => !components.has(other));
    if (unknown !== undefined)
      throw new DeploymentError(`${name} in the deploy file names "${unknown}", which the file does not describe.`);
    const later = startsAfter.find((other) => !before.has(other));
    if (later !== undefined)
      throw new DeploymentError(`${name} in the deploy file starts after "${later}": describe that one before it.`);
    before.add(name);
  }
}
