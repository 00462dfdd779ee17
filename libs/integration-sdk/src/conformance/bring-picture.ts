import { type MediaReference, uploadSchema } from '@darkroom/contract';
import type { Stack } from '@darkroom/testing';

const order = { prompt: 'a picture to start from', size: '1280x720' };

/** Uploads a picture as a user would; the simulator draws it. */
export async function bringPicture({ main, simulator }: Stack): Promise<MediaReference> {
  const drawn = await answered(`${simulator.url}/example/v1/images`, {
    headers: { authorization: 'Bearer simulator', 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  const { image } = drawn as { image: string };
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(image, 'base64')], { type: 'image/png' }), 'picture.png');
  const headers = { 'x-darkroom-upload': '1' };
  const { id } = uploadSchema.parse(await answered(`${main.url}/v1/uploads`, { headers, body: form }));
  return { uploadId: id };
}

async function answered(url: string, request: RequestInit): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', ...request });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
