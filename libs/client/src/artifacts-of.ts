import type { OutputArtifact } from '@darkroom/contract';

/** The artifacts in a call's output, whatever the operation calls them, in their order: results, and extras such as a video's last frame. */
export function artifactsOf({ output }: { output?: Record<string, unknown> | undefined }): OutputArtifact[] {
  const found: OutputArtifact[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if (isArtifact(value)) found.push(value);
    else Object.values(value).forEach(visit);
  };
  visit(output);
  return found;
}

function isArtifact(value: object): value is OutputArtifact {
  return 'artifactId' in value && typeof value.artifactId === 'string' && 'sha256' in value;
}
