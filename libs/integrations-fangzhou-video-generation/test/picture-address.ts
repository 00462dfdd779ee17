/** The address of a picture that the simulator drew, which the worker may fetch. */
export async function pictureAddress(simulatorUrl: string): Promise<string> {
  const response = await fetch(`${simulatorUrl}/ark/api/v3/images/generations`, {
    method: 'POST',
    headers: { authorization: 'Bearer simulator', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'doubao-seedream-4-0-250828', prompt: 'a first frame', size: '1280x720' }),
  });
  const { data } = (await response.json()) as { data: { url: string }[] };
  return data[0]?.url ?? '';
}
