import type { Call } from '@darkroom/contract';
import { useState } from 'react';
import { isVideo, posterOf, type ShownArtifact } from '../calls/artifacts-of-call.ts';
import { contentPath, thumbnailPath } from '../calls/call-paths.ts';
import { Tile, promptOf } from '../calls/tile.tsx';
import { useWords } from '../words/use-words.tsx';

interface StageProps {
  call: Call;
  artifacts: readonly ShownArtifact[];
  shown: ShownArtifact | undefined;
  onShow: (artifact: ShownArtifact) => void;
}

/** The result, as large as there is room, with the call's other results below it. */
export function Stage({ call, artifacts, shown, onShow }: StageProps) {
  const { calls: say } = useWords();
  if (shown === undefined) {
    return (
      <div className="grid flex-1 place-items-center">
        <div className="aspect-square w-72 max-w-full *:bg-transparent">
          <Tile call={call} says="detail" />
        </div>
      </div>
    );
  }
  return (
    <>
      <Large
        key={shown.artifactId}
        artifact={shown}
        poster={posterOf(artifacts)}
        alt={promptOf(call) || say.noPrompt}
      />
      {artifacts.length > 1 && (
        <div role="group" aria-label={say.largeView} className="flex justify-center gap-2 overflow-x-auto p-3">
          {artifacts.map((artifact, index) => (
            <button
              key={artifact.artifactId}
              type="button"
              aria-label={say.result(index + 1, artifacts.length)}
              aria-pressed={artifact === shown}
              className="size-16 shrink-0 overflow-hidden rounded-lg border-2 border-transparent aria-pressed:border-accent"
              onClick={() => onShow(artifact)}
            >
              {isVideo(artifact) ? (
                <video
                  src={`${contentPath(artifact.artifactId)}#t=0.1`}
                  muted
                  preload="metadata"
                  className="size-full object-cover"
                />
              ) : (
                <img src={thumbnailPath(artifact.artifactId)} alt="" className="size-full object-cover" />
              )}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

interface LargeProps {
  artifact: ShownArtifact;
  poster: ShownArtifact | undefined;
  alt: string;
}

function Large({ artifact, poster, alt }: LargeProps) {
  const { calls: say } = useWords();
  const [isWhole, setIsWhole] = useState(true);
  const [isLoaded, setIsLoaded] = useState(false);
  const { artifactId, width, height } = artifact;
  if (isVideo(artifact)) {
    return (
      <div className="grid min-h-0 flex-1 place-items-center p-2 max-lg:pt-16 lg:px-16 lg:py-6">
        <video
          src={contentPath(artifactId)}
          poster={poster && thumbnailPath(poster.artifactId)}
          width={width}
          height={height}
          controls
          // It begins by itself, so without sound: its controls give it.
          muted
          autoPlay
          loop
          playsInline
          aria-label={alt}
          className="max-h-[70dvh] max-w-full object-contain lg:max-h-full"
        />
      </div>
    );
  }
  return (
    <div
      className={`min-h-0 flex-1 p-2 max-lg:pt-16 lg:px-16 lg:py-6 ${isWhole ? 'grid place-items-center' : 'overflow-auto'}`}
    >
      <button
        type="button"
        aria-label={isWhole ? say.enlarge : say.shrink}
        className={isWhole ? 'cursor-zoom-in!' : 'cursor-zoom-out!'}
        onClick={() => setIsWhole(!isWhole)}
      >
        <img
          src={contentPath(artifactId)}
          alt={alt}
          width={width}
          height={height}
          className={
            isWhole
              ? 'h-auto max-h-[70dvh] w-auto max-w-full object-contain lg:max-h-[calc(100dvh-9rem)]'
              : 'max-w-none'
          }
          ref={(image) => {
            // One from the cache is there before React listens.
            if (image?.complete && image.naturalWidth > 0) setIsLoaded(true);
          }}
          onLoad={() => setIsLoaded(true)}
          // The small picture is there already, and stands in until the large one has come: it has no transparent parts, and would show through those of that.
          style={
            isWhole && !isLoaded
              ? { backgroundImage: `url(${thumbnailPath(artifactId)})`, backgroundSize: 'cover' }
              : undefined
          }
        />
      </button>
    </div>
  );
}
