/** The options as given, with the default where one is absent or, as plain JavaScript may pass it, undefined. */
export function withDefaults<Defaults extends object, Given extends object>(
  defaults: Defaults,
  given: Given,
): Defaults & Given {
  const told = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(told) } as Defaults & Given;
}
