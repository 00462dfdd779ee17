/** For tests whose subject is not how long a connection takes to open: on a machine that stands still it may take as long as they wait for anything. */
export const patient = { openTimeoutSeconds: 60 } as const;
