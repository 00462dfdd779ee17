/** What operations and integrations are called: the server says it in English, so that nothing has to stand here. */
export const integrations: {
  operations: Record<string, string>;
  descriptions: Record<string, string>;
} = { operations: {}, descriptions: {} };
