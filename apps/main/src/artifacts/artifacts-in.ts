/** The artifacts of an output, wherever its schema has them. */
export function artifactsIn(
  value: unknown,
): { artifactId: string; contentType: string; role?: string; url?: string }[] {
  if (Array.isArray(value)) return value.flatMap(artifactsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { artifactId, contentType, role, url } = value as Record<string, unknown>;
  if (typeof artifactId !== 'string' || typeof contentType !== 'string')
    return Object.values(value).flatMap(artifactsIn);
  return [
    {
      artifactId,
      contentType,
      ...(typeof role === 'string' && { role }),
      ...(typeof url === 'string' && { url }),
    },
  ];
}
