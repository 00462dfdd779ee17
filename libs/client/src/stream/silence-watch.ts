export interface SilenceWatch {
  /** Something came. */
  heard(): void;
  stop(): void;
}

/** Calls back once nothing came for so long: a connection whose other end has gone says nothing of it. One timer, however much is heard. */
export function watchSilence(
  silenceMs: number,
  onSilence: () => void,
  now: () => number = () => performance.now(),
): SilenceWatch {
  let heardAt = now();
  let timer = setTimeout(look, silenceMs);

  function look(): void {
    const leftMs = heardAt + silenceMs - now();
    if (leftMs <= 0) onSilence();
    else timer = setTimeout(look, leftMs);
  }

  return {
    heard: () => void (heardAt = now()),
    stop: () => clearTimeout(timer),
  };
}
