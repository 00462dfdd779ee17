interface Room {
  /** How many the field takes. */
  most: number;
  /** How many it has, those on their way included. */
  present: number;
}

/** Which of the chosen files a field takes. A single one gives way to a new one; beside others there has to be room, and none is displaced. */
export function filesWithRoom<One>(files: readonly One[], { most, present }: Room): { taken: One[]; leftOut: number } {
  const room = most === 1 ? 1 : Math.max(0, most - present);
  return { taken: files.slice(0, room), leftOut: Math.max(0, files.length - room) };
}
