import { finished, Readable } from 'node:stream';

/**
 * The bytes of an answer as they come. A store that is silent for `silenceMs` while somebody waits for its bytes counts as lost; a reader who takes long is waited
 * for without end. Destroying it ends the answer.
 */
export function patientBody(answer: Readable, silenceMs: number): Readable {
  let silence: NodeJS.Timeout | undefined;
  const giveUp = () => body.destroy(new Error(`Nothing came from the object store for ${silenceMs} ms.`));
  const waitForStore = () => {
    clearTimeout(silence);
    silence = setTimeout(giveUp, silenceMs);
  };
  const body = new Readable({
    read() {
      waitForStore();
      answer.resume();
    },
    destroy(error, done) {
      clearTimeout(silence);
      answer.destroy();
      done(error);
    },
  });
  answer.on('data', (piece: Uint8Array) => {
    waitForStore();
    if (body.push(piece)) return;
    clearTimeout(silence);
    answer.pause();
  });
  // Nothing flows before somebody reads.
  answer.pause();
  finished(answer, { writable: false }, (error) => {
    clearTimeout(silence);
    if (error) body.destroy(error);
    else body.push(null);
  });
  return body;
}
