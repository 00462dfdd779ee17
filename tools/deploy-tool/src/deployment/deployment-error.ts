/** A fault that the reader can mend: its message is all that they need, so it is shown without a stack. */
export class DeploymentError extends Error {}
