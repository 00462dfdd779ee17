import type { ComponentPort } from './component-spec.ts';
import type { DeployFile } from './deploy-file.schema.ts';
import { DeploymentError } from './deployment-error.ts';

/** Every component's ports by their role, as the environment overrules them. */
export function readPorts(
  { middleware, services }: DeployFile,
  overrides: NodeJS.Dict<string>,
): Map<string, Record<string, ComponentPort>> {
  const ports = new Map(
    [...Object.entries(middleware), ...Object.entries(services)].map(([name, entry]) => [
      name,
      Object.fromEntries(
        Object.entries(entry.ports).map(([role, port]) => [
          role,
          { variable: port.variable, number: readPort(port, overrides) },
        ]),
      ),
    ]),
  );
  refuseRepeatedPorts([...ports.values()].flatMap((roles) => Object.values(roles)));
  return ports;
}

/** The ports of what is started by other means, by their variables. */
export function readOtherPorts({ otherPorts }: DeployFile, overrides: NodeJS.Dict<string>): Map<string, number> {
  return new Map(
    Object.entries(otherPorts).map(([variable, usual]) => [
      variable,
      readPort({ variable, default: usual }, overrides),
    ]),
  );
}

function readPort(
  { variable, default: usual }: { variable: string; default: number },
  overrides: NodeJS.Dict<string>,
): number {
  const text = overrides[variable];
  if (!text) return usual;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 65_535) return number;
  throw new DeploymentError(`${variable} is no port: set it to a number from 1 to 65535.`);
}

function refuseRepeatedPorts(ports: ComponentPort[]): void {
  for (const [index, port] of ports.entries()) {
    const other = ports
      .slice(0, index)
      .find(({ number, variable }) => number === port.number || variable === port.variable);
    if (other !== undefined) {
      throw new DeploymentError(
        `${other.variable} and ${port.variable} are both ${port.number}: give each port a number and a variable of its own.`,
      );
    }
  }
}
