import type { SizeRule } from './map-size.ts';

interface Given {
  sizes: SizeRule;
  /** The field of a request that a fault of the size is told with. */
  sizeField: string;
  /** Names in the input by names in the request. */
  fields: Readonly<Record<string, string | undefined>>;
}

/** Which field of a request each field of the input is made from. */
export function originsOf({ sizes, sizeField, fields }: Given): Record<string, string> {
  const sizeNames = 'fewestPixels' in sizes ? [sizes.field] : sizes.flatMap(({ input }) => Object.keys(input));
  return Object.fromEntries([
    ...sizeNames.map((name) => [name, sizeField] as const),
    ...Object.entries(fields).flatMap(([origin, name]) => (name === undefined ? [] : [[name, origin] as const])),
  ]);
}
