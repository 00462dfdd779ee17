/** Fails the workflow's task, as for a type that the worker does not know: it is tried again until a worker has it, and nothing of this try is recorded. */
export function failForWantOfWorker(workflowType: string): never {
  throw new ReferenceError(`This worker does not run ${workflowType}.`);
}
