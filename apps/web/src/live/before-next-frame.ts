const mostWaitMs = 50;

/** Runs something before the page is drawn next, or soon where it is not drawn: a hidden tab has no frames. Answers how it is called off. */
export function beforeNextFrame(run: () => void): () => void {
  const callOff = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = () => {
    callOff();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, mostWaitMs);
  return callOff;
}
