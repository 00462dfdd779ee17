import { imageOfBytes, imageOfDataUri } from './input-image.ts';

/** What became of an input image's URL; the control API shows it, so that a test sees whether a signed link works. */
export interface FetchedInput {
  readonly host: string;
  /** `not_local`: the simulator asks nobody beyond this machine, and takes such a URL as it is. */
  readonly outcome: 'fetched' | 'refused' | 'unreachable' | 'not_an_image' | 'not_local';
  readonly status?: number;
  readonly mimeType?: string;
  readonly bytes?: number;
}

export interface ReadInputs {
  readonly images: readonly Buffer[];
  readonly fetched: readonly FetchedInput[];
  /** Where the first input is from that the provider could not read: a host, or `data`. */
  readonly unreadable?: string;
}

const timeoutMilliseconds = 10_000;
const localName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Reads input images that are URLs or, where the provider takes them, data URIs. */
export async function readInputs(values: readonly string[]): Promise<ReadInputs> {
  const images: Buffer[] = [];
  const fetched: FetchedInput[] = [];
  let unreadable: string | undefined;
  for (const value of values) {
    const input = value.startsWith('data:') ? { image: await imageOfDataUri(value) } : await fetchInput(value);
    if ('fetched' in input) fetched.push(input.fetched);
    if (input.image) images.push(input.image);
    else if (!('fetched' in input) || input.fetched.outcome !== 'not_local')
      unreadable ??= 'fetched' in input ? input.fetched.host : 'data';
  }
  return { images, fetched, ...(unreadable !== undefined && { unreadable }) };
}

async function fetchInput(
  value: string,
): Promise<{ readonly image?: Buffer | undefined; readonly fetched: FetchedInput }> {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !url.protocol.startsWith('http')) return { fetched: { host: '', outcome: 'unreachable' } };
  const { host } = url;
  if (!localName.test(url.hostname)) return { fetched: { host, outcome: 'not_local' } };
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds), redirect: 'manual' });
    const bytes = Buffer.from(await response.arrayBuffer());
    const facts = {
      host,
      status: response.status,
      mimeType: response.headers.get('content-type') ?? '',
      bytes: bytes.length,
    };
    if (!response.ok) return { fetched: { ...facts, outcome: 'refused' } };
    const image = await imageOfBytes(bytes);
    return { image, fetched: { ...facts, outcome: image ? 'fetched' : 'not_an_image' } };
  } catch {
    // Refused, reset or too slow: for the client of a provider it is all the same.
    return { fetched: { host, outcome: 'unreachable' } };
  }
}
