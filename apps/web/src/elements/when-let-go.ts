interface Hold {
  /** How long at least. */
  ms: number;
  /** How long after each look that finds it held. */
  againMs: number;
  /** Whether somebody points at it or has the focus in it. */
  isHeld: () => boolean;
}

/** Calls back after a while, and no sooner than it is let go. It looks instead of listening: what goes away under the pointer tells nobody. Gives back what ends it. */
export function whenLetGo(callback: () => void, { ms, againMs, isHeld }: Hold): () => void {
  let timer = setTimeout(function look() {
    if (isHeld()) timer = setTimeout(look, againMs);
    else callback();
  }, ms);
  return () => clearTimeout(timer);
}
