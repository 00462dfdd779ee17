/** Whether `fetch` got no answer. Words tell: Node's own errors are no instances of the classes that a test in Jest knows by their names. */
export function isNoAnswer(error: unknown): boolean {
  return /^TypeError: (fetch failed|terminated)/.test(String(error));
}
