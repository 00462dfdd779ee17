/** Both in milliseconds: the system's, in whole ones, and this process's own, which is finer. */
export interface Clocks {
  system(): number;
  own(): number;
}

const attempts = 10;

/**
 * What has to be added to this process's clock to get the system's. Asked as the system's turns to its next millisecond: whoever is interrupted
 * just then finds too little, and whoever finds the most was interrupted the least.
 */
export function systemTimeOffset(clocks: Clocks = { system: Date.now, own: () => performance.now() }): number {
  return Math.max(...Array.from({ length: attempts }, () => offsetAtTurn(clocks)));
}

function offsetAtTurn({ system, own }: Clocks): number {
  const before = system();
  let now = before;
  while (now === before) now = system();
  return now - own();
}
