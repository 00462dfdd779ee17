interface Hold {
  /** How long at least. */
  ms: number;
  /** How long after each look that finds it held. */
  againMs: number;
  /** Whether somebody points at it or has the focus in it. */
  isHeld: () => boolean;
}

/** While a page stands still nobody sees what it shows: however long that is, it counts for no more than this. */
const stepMs = 1_000;

/** Calls back after a while, and no sooner than it is let go. It looks instead of listening: what goes away under the pointer tells nobody. Gives back what ends it. */
export function whenLetGo(callback: () => void, { ms, againMs, isHeld }: Hold): () => void {
  let leftMs = ms;
  const nextMs = () => Math.min(leftMs, stepMs);
  let timer = setTimeout(function look() {
    leftMs -= nextMs();
    if (leftMs <= 0 && isHeld()) leftMs = againMs;
    if (leftMs > 0) timer = setTimeout(look, nextMs());
    else callback();
  }, nextMs());
  return () => clearTimeout(timer);
}
