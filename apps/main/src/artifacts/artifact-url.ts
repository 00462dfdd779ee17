/** The stable address of an artifact: it redirects to a fresh signed one at each request. */
export function artifactUrl(artifactId: string, baseUrl: string): string {
  return `${baseUrl}/v1/artifacts/${artifactId}/download`;
}

/** The address of a small JPEG of an artifact that is an image. */
export function thumbnailUrl(artifactId: string, baseUrl: string): string {
  return `${baseUrl}/v1/artifacts/${artifactId}/thumbnail`;
}

/** The same value, in which every object with an `artifactId` has its `url`. */
export function addArtifactUrls(value: Record<string, unknown>, baseUrl: string): Record<string, unknown> {
  const parts = Object.entries(value).map(([name, part]) => [name, addToPart(part, baseUrl)] as const);
  const { artifactId } = value;
  return Object.fromEntries(
    typeof artifactId === 'string' ? [...parts, ['url', artifactUrl(artifactId, baseUrl)]] : parts,
  );
}

function addToPart(part: unknown, baseUrl: string): unknown {
  if (Array.isArray(part)) return part.map((element) => addToPart(element, baseUrl));
  return isRecord(part) ? addArtifactUrls(part, baseUrl) : part;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
