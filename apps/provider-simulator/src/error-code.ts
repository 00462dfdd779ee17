/** Whether something that was thrown carries one of Node's error codes, such as ENOENT. */
export function hasErrorCode(thrown: unknown, code: string): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code;
}
