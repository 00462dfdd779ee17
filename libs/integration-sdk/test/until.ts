/** Waits until something is so. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  for (const giveUpAt = Date.now() + withinMs; !(await condition());) {
    if (Date.now() > giveUpAt) throw new Error(`What the test waits for did not happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
