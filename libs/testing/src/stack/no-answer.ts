/** Whether `fetch` failed because nobody answered. Its name tells: Node's own errors are no instances of what a test in Jest knows by that name. */
export function isNoAnswer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError';
}
