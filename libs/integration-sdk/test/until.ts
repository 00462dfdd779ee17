/** Waits until something is so: for long, since only what never comes takes that time. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  for (const giveUpAt = Date.now() + withinMs; !(await condition());) {
    if (Date.now() > giveUpAt) throw new Error(`What the test waits for did not happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
