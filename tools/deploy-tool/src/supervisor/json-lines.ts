import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { z } from 'zod';

/** Reads one JSON document a line. How the socket ends is told by its own events. */
export function onJsonLine<Schema extends z.ZodType>(
  socket: Socket,
  schema: Schema,
  handle: (message: z.infer<Schema>) => void,
): void {
  const lines = createInterface({ input: socket });
  lines.on('line', (line) => handle(schema.parse(JSON.parse(line))));
  lines.on('error', () => lines.close());
}

export function sendJsonLine(socket: Socket, message: unknown): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
