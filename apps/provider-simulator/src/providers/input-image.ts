import sharp from 'sharp';

const dataUriPattern = /^data:image\/[a-z0-9.+-]+;base64,(?<data>[A-Za-z0-9+/=\s]+)$/i;

/** The bytes of a data URI that holds an image, or undefined where it does not. */
export async function imageOfDataUri(uri: string): Promise<Buffer | undefined> {
  const data = dataUriPattern.exec(uri)?.groups?.['data'];
  return data === undefined ? undefined : imageOfBytes(Buffer.from(data, 'base64'));
}

/** The bytes again where they are an image that can be decoded. */
export async function imageOfBytes(bytes: Buffer): Promise<Buffer | undefined> {
  try {
    await sharp(bytes).metadata();
    return bytes;
  } catch {
    // sharp says that it cannot read the bytes by throwing; which reason it gives does not matter to the client.
    return undefined;
  }
}
