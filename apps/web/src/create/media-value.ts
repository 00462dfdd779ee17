/** An image or a video that an input names: an address, or a file that Darkroom has, with what the page shows of it. */
export type MediaValue = { kind: 'url'; url: string } | StoredFile;

export type StoredFile = {
  contentType: string;
  width: number;
  height: number;
  /** The file's name, or the prompt of the result. */
  name: string;
} &
  /** Of what it was made from: the results that a crop or a mask belongs to. */
  (
    | { kind: 'upload'; uploadId: string; sourceArtifactIds?: readonly string[] | undefined }
    /** A result of an earlier call. */
    | { kind: 'artifact'; artifactId: string }
  );

/** How an input names it. */
export function referenceTo(media: MediaValue) {
  switch (media.kind) {
    case 'url':
      return media.url;
    case 'upload':
      return { uploadId: media.uploadId };
    case 'artifact':
      return { artifactId: media.artifactId };
  }
}

/** The results that something made from this file is made from. */
export function sourcesOf(file: StoredFile): readonly string[] {
  return file.kind === 'artifact' ? [file.artifactId] : (file.sourceArtifactIds ?? []);
}

/** What tells a file apart from all others. */
export function mediaKey(media: MediaValue): string {
  switch (media.kind) {
    case 'url':
      return media.url;
    case 'upload':
      return media.uploadId;
    case 'artifact':
      return media.artifactId;
  }
}

/** Reads what was kept of a field's files; whatever is no file is left out. */
export function mediaValuesOf(value: unknown): MediaValue[] {
  return listOf(value).filter(isMediaValue);
}

/** Reads what an input names of images and videos; their size is not known. */
export function fromReferences(value: unknown): MediaValue[] {
  return listOf(value).flatMap((reference): MediaValue[] => {
    if (typeof reference === 'string') return [{ kind: 'url', url: reference }];
    if (typeof reference !== 'object' || reference === null) return [];
    const unknown = { contentType: '', width: 1, height: 1 };
    if ('uploadId' in reference && typeof reference.uploadId === 'string')
      return [{ kind: 'upload', uploadId: reference.uploadId, name: reference.uploadId, ...unknown }];
    if ('artifactId' in reference && typeof reference.artifactId === 'string')
      return [{ kind: 'artifact', artifactId: reference.artifactId, name: reference.artifactId, ...unknown }];
    return [];
  });
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

const idNames: Record<string, string> = { url: 'url', upload: 'uploadId', artifact: 'artifactId' };

function isMediaValue(value: unknown): value is MediaValue {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const idName = idNames[String(value.kind)];
  return idName !== undefined && idName in value;
}
