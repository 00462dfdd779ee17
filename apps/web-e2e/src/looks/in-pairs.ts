/** Looks at each, two at once: as many as a small machine has processors for. */
export async function inPairs<One>(all: readonly One[], look: (one: One) => Promise<void>): Promise<void> {
  const left = [...all];
  const lookOn = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await look(one);
  };
  await Promise.all([lookOn(), lookOn()]);
}
