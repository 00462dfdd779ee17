import type { ComponentSpec } from './component-spec.ts';
import { DeploymentError } from './deployment-error.ts';

/** The named components and all that they depend on, each after what it depends on. All of them where no name is given. */
export function withDependencies(
  components: ReadonlyMap<string, ComponentSpec>,
  names: readonly string[],
): ComponentSpec[] {
  const ordered = new Set<ComponentSpec>();
  const visit = (name: string, path: readonly string[]) => {
    if (path.includes(name))
      throw new DeploymentError(`These depend on each other in a circle: ${[...path, name].join(' → ')}.`);
    const spec = findComponent(components, name);
    for (const dependency of spec.dependsOn) visit(dependency, [...path, name]);
    ordered.add(spec);
  };
  for (const name of names.length > 0 ? names : components.keys()) visit(name, []);
  return [...ordered];
}

export function findComponent(components: ReadonlyMap<string, ComponentSpec>, name: string): ComponentSpec {
  const spec = components.get(name);
  if (spec !== undefined) return spec;
  throw new DeploymentError(`"${name}" is not in the deploy file. It describes: ${[...components.keys()].join(', ')}.`);
}
