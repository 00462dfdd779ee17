import { streamClosings } from '@darkroom/contract';
import { WebSocket } from 'ws';

const tooLarge = streamClosings.message_too_large;

/** A WebSocket that says why also where the library itself closes it, for a message that is too large. */
export class StreamSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(code, reason ?? (code === tooLarge.code ? tooLarge.reason : undefined));
  }
}
