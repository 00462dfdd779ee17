/** Where the page shows a call, below the address that people reach `main` at. */
export const callPage = (callId: string): string => `/calls/${callId}`;

/** The same of a batch. */
export const batchPage = (batchId: string): string => `/batches/${batchId}`;
