/** Deeper than any input is nested, and far from what recursion can follow. */
const maxLevels = 64;
/** More than any input has. What has many more takes its readers seconds. */
const maxValues = 20_000;

/** What is wrong with a value that is nested too deep or has too many parts, whatever it is; it looks no further than to there. */
export function faultOfShape(value: unknown): string | undefined {
  let values = 0;
  const look = (part: unknown, level: number): string | undefined => {
    values += 1;
    if (values > maxValues) return `has more than ${maxValues} values`;
    if (typeof part !== 'object' || part === null) return undefined;
    if (level === maxLevels) return `is nested deeper than ${maxLevels} levels`;
    for (const each of Object.values(part)) {
      const fault = look(each, level + 1);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
  return look(value, 0);
}
