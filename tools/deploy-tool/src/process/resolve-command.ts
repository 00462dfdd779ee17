/** The program and arguments of a command in a deploy file, in which `node` is the Node that runs this. */
export function resolveCommand([program = '', ...args]: readonly string[]): { command: string; args: string[] } {
  return { command: program === 'node' ? process.execPath : program, args };
}
