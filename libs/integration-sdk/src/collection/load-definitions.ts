import type { IntegrationDefinition } from '../definition/define-integration.ts';
import { findDefinitionFaults } from './find-definition-faults.ts';

/** An integration that was found, with the package that holds it. */
interface CollectedIntegration {
  packageName: string;
  definition: IntegrationDefinition;
}

/**
 * Imports the definition of every package. A package that fails to load, or whose definition is not complete, or that
 * shares its name, its queue or a task's name with another one, is an error that names it: none is ever skipped.
 */
export async function loadDefinitions(
  packageNames: readonly string[],
  load: (packageName: string) => Promise<unknown> = (packageName) => import(packageName),
): Promise<IntegrationDefinition[]> {
  const collected: CollectedIntegration[] = [];
  for (const packageName of packageNames) {
    collected.push({ packageName, definition: await loadDefinition(packageName, load) });
  }
  refuseDuplicates(collected);
  return collected.map(({ definition }) => definition);
}

async function loadDefinition(
  packageName: string,
  load: (packageName: string) => Promise<unknown>,
): Promise<IntegrationDefinition> {
  let door: unknown;
  try {
    door = await load(packageName);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The integration package ${packageName} failed to load: ${reason}`, { cause });
  }
  const definition = (door as { definition?: unknown }).definition;
  const faults = findDefinitionFaults(definition, packageName);
  if (faults.length > 0) {
    throw new Error(`The integration package ${packageName} has no valid export \`definition\`: ${faults.join('; ')}.`);
  }
  return definition as IntegrationDefinition;
}

function refuseDuplicates(collected: readonly CollectedIntegration[]): void {
  for (const [index, { packageName, definition }] of collected.entries()) {
    for (const earlier of collected.slice(0, index)) {
      for (const property of ['name', 'taskQueue'] as const) {
        if (earlier.definition[property] !== definition[property]) continue;
        throw new Error(
          `The integration packages ${earlier.packageName} and ${packageName} have the same ${property} "${definition[property]}": change one of them.`,
        );
      }
      const sharedTask = Object.keys(definition.tasks).find((name) => Object.hasOwn(earlier.definition.tasks, name));
      if (sharedTask === undefined) continue;
      throw new Error(
        `The integration packages ${earlier.packageName} and ${packageName} both declare a task "${sharedTask}": give one of the two another name.`,
      );
    }
  }
}
