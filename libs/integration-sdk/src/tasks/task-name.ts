/** A letter, then letters, digits, `_` and `-`, at most 100: what a workflow's type and an address may hold. */
export const taskNamePattern = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/;
