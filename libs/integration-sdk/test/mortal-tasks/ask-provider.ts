/** Asks a provider for an image, which is paid for, and counted. Gives the id of what it made. */
export async function askProvider(providerUrl: string, prompt: string): Promise<string> {
  const response = await fetch(`${providerUrl}/images`, {
    method: 'POST',
    headers: { authorization: 'Bearer key-of-a-task', 'content-type': 'application/json' },
    body: JSON.stringify({ prompt, size: '64x64' }),
  });
  if (!response.ok) throw new Error(`The provider answered ${response.status}.`);
  return ((await response.json()) as { id: string }).id;
}
