import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../words/use-words.tsx';
import { contentPath, thumbnailPath } from './call-paths.ts';
import { isVideo, type ShownArtifact } from './artifacts-of-call.ts';
import { LoopingVideo } from './looping-video.tsx';

interface ThumbnailProps {
  artifact: ShownArtifact;
  /** The picture that stands for a video. */
  poster: ShownArtifact | undefined;
  alt: string;
  isCell?: boolean;
}

/** A result, small: it fills its square. */
export function Thumbnail({ artifact, poster, alt, isCell = false }: ThumbnailProps) {
  const { calls: say } = useWords();
  const [isLoaded, setIsLoaded] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  if (isVideo(artifact)) {
    return (
      <LoopingVideo
        src={contentPath(artifact.artifactId)}
        poster={poster && thumbnailPath(poster.artifactId)}
        label={alt}
        isCell={isCell}
      />
    );
  }
  if (isMissing) {
    return (
      <div className="flex size-full flex-col items-center justify-center gap-2 p-4 text-center text-xs text-muted">
        <ImageOff size={24} aria-hidden="true" />
        {say.notShown}
      </div>
    );
  }
  return (
    <img
      src={thumbnailPath(artifact.artifactId)}
      alt={alt}
      loading="lazy"
      decoding="async"
      draggable={false}
      className={`size-full object-cover transition-opacity duration-300 ${isLoaded ? 'opacity-100' : 'opacity-0'}`}
      ref={(image) => {
        // One from the cache is there before React listens.
        if (image?.complete) setIsLoaded(true);
      }}
      onLoad={() => setIsLoaded(true)}
      onError={() => setIsMissing(true)}
    />
  );
}
