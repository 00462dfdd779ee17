import { decodeText } from './decode-text.ts';

/** `gone`: the browser cannot read it, as where it was moved or changed since it was chosen, or is a folder. */
export type TextFault = 'encoding' | 'gone';

export type ReadText = { kind: 'text'; text: string } | { kind: 'fault'; fault: TextFault };

/** The text of a file, or why there is none. */
export async function readText(file: Pick<Blob, 'arrayBuffer'>): Promise<ReadText> {
  try {
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    return text === undefined ? { kind: 'fault', fault: 'encoding' } : { kind: 'text', text };
  } catch {
    // The browser says no more than that it cannot; what can be done is the same for all of it.
    return { kind: 'fault', fault: 'gone' };
  }
}
