import type { Call } from '@darkroom/contract';

/** A file that a call produced, as far as the page shows it. */
export interface ShownArtifact {
  artifactId: string;
  contentType: string;
  bytes: number;
  sha256: string;
  width?: number;
  height?: number;
  durationSeconds?: number;
  frameRate?: number;
  role?: string;
}

/** The results of a call, wherever its output names them, in their order; posters and last frames come after the results. */
export function artifactsOf({ output, lateArtifacts }: Pick<Call, 'output' | 'lateArtifacts'>): ShownArtifact[] {
  const found = [...collect(output), ...collect(lateArtifacts)];
  const unique = [...new Map(found.map((artifact) => [artifact.artifactId, artifact])).values()];
  return unique.sort((left, right) => Number(isExtra(left)) - Number(isExtra(right)));
}

/** The picture that stands for a video, where the provider gave one. */
export function posterOf(artifacts: readonly ShownArtifact[]): ShownArtifact | undefined {
  const images = artifacts.filter(({ contentType }) => contentType.startsWith('image/'));
  return images.find(({ role }) => role === 'thumbnail') ?? images.find(({ role }) => role === 'last_frame');
}

export function isVideo({ contentType }: Pick<ShownArtifact, 'contentType'>): boolean {
  return contentType.startsWith('video/');
}

function isExtra({ role }: ShownArtifact): boolean {
  return role !== undefined && role !== 'result';
}

function collect(value: unknown): ShownArtifact[] {
  if (Array.isArray(value)) return value.flatMap(collect);
  if (typeof value !== 'object' || value === null) return [];
  if ('artifactId' in value && 'contentType' in value) return [value as ShownArtifact];
  return Object.values(value).flatMap(collect);
}
