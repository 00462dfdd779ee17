// Only for what never comes: on a busy machine the plays side by side make each other wait.
export const longestWaitSeconds = 180;
const usual = { limitMs: longestWaitSeconds * 1000, intervalMs: 50 };

/** Looks again and again until the condition holds. */
export async function waitUntil(
  what: string,
  holds: () => Promise<boolean>,
  { limitMs, intervalMs } = usual,
): Promise<void> {
  const giveUpAt = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`There was no sign of ${what} within ${limitMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
