/** Fifty accounts with a key each. */
export const benchAccounts = Array.from({ length: 50 }, (_, index) => {
  const accountId = `bench-${String(index + 1).padStart(2, '0')}`;
  return { accountId, apiKey: `key-of-${accountId}-0123456789abcdef` };
});
export type BenchAccount = (typeof benchAccounts)[number];

/** As `API_KEYS` takes them. */
export const benchApiKeys = benchAccounts.map(({ accountId, apiKey }) => `${accountId}:${apiKey}`).join(',');

/** Answers the first so many accounts in turn. */
export function takeTurns(count: number): () => BenchAccount {
  const accounts = benchAccounts.slice(0, count);
  let turn = 0;
  return () => {
    const account = accounts[turn % accounts.length];
    turn += 1;
    if (account === undefined) throw new RangeError(`Between 1 and ${benchAccounts.length} accounts can take turns.`);
    return account;
  };
}
