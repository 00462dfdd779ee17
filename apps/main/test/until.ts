/** Asks again and again until the answer is there; fails with the last answer where it does not come. */
export async function until<Answer>(
  ask: () => Promise<Answer> | Answer,
  isThere: (answer: Answer) => boolean,
  seconds = 40,
): Promise<Answer> {
  const giveUpAt = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() > giveUpAt)
      throw new Error(`It did not come within ${seconds} s. The last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
