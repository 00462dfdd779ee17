import { Pause, Play } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../elements/button.tsx';
import { useWords } from '../words/use-words.tsx';

interface LoopingVideoProps {
  src: string;
  poster: string | undefined;
  label: string;
  /** Whether it is in a cell of a grid, whose keys play it. */
  isCell: boolean;
}

/** A video that plays in its place, without sound: while the pointer rests on it, or when its button is pressed. */
export function LoopingVideo({ src, poster, label, isCell }: LoopingVideoProps) {
  const { calls } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const [isKept, setIsKept] = useState(false);
  const play = () => {
    // A browser may refuse, for instance to save power; then it stands still, and its button is still there.
    void video.current?.play().catch(() => setIsPlaying(false));
  };
  const toggle = () => {
    setIsKept(!isPlaying);
    if (isPlaying) video.current?.pause();
    else play();
  };
  return (
    <div
      className="size-full"
      onPointerEnter={(event) => event.pointerType === 'mouse' && play()}
      onPointerLeave={(event) => event.pointerType === 'mouse' && !isKept && video.current?.pause()}
    >
      <video
        ref={video}
        src={poster === undefined ? `${src}#t=0.1` : src}
        poster={poster}
        {...(label === '' ? { 'aria-hidden': true } : { 'aria-label': label })}
        muted
        loop
        playsInline
        preload={poster === undefined ? 'metadata' : 'none'}
        className="size-full object-cover"
        onPlay={() => setIsPlaying(true)}
        onPause={() => setIsPlaying(false)}
      />
      <IconButton
        kind="solid"
        label={isPlaying ? calls.stop : calls.play}
        className="absolute! bottom-2 left-2 rounded-full!"
        data-plays=""
        tabIndex={isCell ? -1 : 0}
        onClick={(event) => {
          event.preventDefault();
          event.stopPropagation();
          toggle();
        }}
      >
        {isPlaying ? <Pause size={16} /> : <Play size={16} className="translate-x-px" />}
      </IconButton>
    </div>
  );
}
