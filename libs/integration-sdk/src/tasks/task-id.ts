const taskIdPattern = /^[\x21-\x7e]{1,200}$/;

/** Whether a task can have the id: 1 to 200 visible ASCII characters. */
export function isTaskId(value: unknown): boolean {
  return typeof value === 'string' && taskIdPattern.test(value);
}
