/**
 * The codes by which a server closes a WebSocket that it would close again soon: what the client said was wrong or too long, or there are too many
 * connections. Literals, since the contract's own list would bring its schemas into a page's first load; a test compares them.
 */
export const refusingClosings: ReadonlySet<number> = new Set([1009, 4000, 4003]);
