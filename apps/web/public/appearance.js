// Before the first paint, so that a chosen appearance does not flash in the other one.
(() => {
  try {
    const chosen = localStorage.getItem('darkroom.appearance');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.appearance = chosen;
  } catch {
    // Without storage the system's appearance holds.
  }
})();
