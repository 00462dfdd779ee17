const finalText = 0x81;
const shortest16 = 126;
const shortest64 = 65_536;

/** A whole WebSocket message, as a server sends it (RFC 6455, 5.2): the same bytes for every client, so they are made once for all. */
export function toTextFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < shortest16 ? 2 : length < shortest64 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = finalText;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
}
