import { DeploymentError } from './deployment-error.ts';

/** Answers what a reference stands for, or nothing where it does not know it. */
export type LookUpReference = (reference: string) => string | undefined;

/** Replaces every `${reference}` in the texts of a value, however deep. */
export function expandReferences<Value>(value: Value, lookUp: LookUpReference): Value {
  if (typeof value === 'string') return expandText(value, lookUp) as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => expandReferences(item, lookUp)) as Value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, expandReferences<unknown>(item, lookUp)]),
  ) as Value;
}

function expandText(text: string, lookUp: LookUpReference): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, (whole, reference: string) => {
    const found = lookUp(reference);
    if (found !== undefined) return found;
    throw new DeploymentError(
      `"${text}" in the deploy file refers to ${whole}, which is neither the variable of a port, nor ROOT, DATA_DIRECTORY or SECRET:<name>.`,
    );
  });
}
