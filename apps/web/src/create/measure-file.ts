/** Longer than it takes to read the head of a video; some browsers say nothing of one that they cannot read. */
const patienceMs = 5_000;

/** The size of an image or a video in pixels, read by the browser; undefined where it cannot open it. */
export async function measureFile(file: File): Promise<{ width: number; height: number } | undefined> {
  return file.type.startsWith('video/') ? measureVideo(file) : measureImage(file);
}

async function measureImage(file: File): Promise<{ width: number; height: number } | undefined> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    // What a browser cannot open is no image for anybody else either; the caller says so.
    return undefined;
  }
}

function measureVideo(file: File): Promise<{ width: number; height: number } | undefined> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<{ width: number; height: number } | undefined>((resolve) => {
    video.preload = 'metadata';
    video.muted = true;
    video.onloadedmetadata = () => {
      // Where a browser reads the sound alone, the picture has no size.
      const { videoWidth: width, videoHeight: height } = video;
      resolve(width > 0 ? { width, height } : undefined);
    };
    video.onerror = () => resolve(undefined);
    timer = setTimeout(() => resolve(undefined), patienceMs);
    video.src = url;
  }).finally(() => {
    clearTimeout(timer);
    URL.revokeObjectURL(url);
  });
}
