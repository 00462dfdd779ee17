import type { Page } from 'playwright-core';

/** How a page kept up while it was scrolled through. */
export interface Scrolling {
  /** How many frames were drawn. */
  frames: number;
  /** How many took longer than 50 ms, by what the browser itself calls a long animation frame. */
  longFrames: number;
  /** The most cards that were in the document at once. */
  mostCells: number;
}

const steps = 100;
const stepPixels = 240;

/** Scrolls by a step in every frame, from the top, and back again where the page ends. */
export async function measureScrolling(page: Page): Promise<Scrolling> {
  return page.evaluate(
    async ({ steps, stepPixels }) => {
      const nextFrame = () => new Promise(requestAnimationFrame);
      window.scrollTo(0, 0);
      await nextFrame();
      const found = { frames: 0, longFrames: 0, mostCells: 0 };
      const note = (entries: PerformanceEntryList) => void (found.longFrames += entries.length);
      const observer = new PerformanceObserver((list) => note(list.getEntries()));
      observer.observe({ type: 'long-animation-frame' });
      let direction = 1;
      for (; found.frames < steps; found.frames += 1) {
        const before = scrollY;
        window.scrollBy(0, direction * stepPixels);
        if (scrollY === before) direction = -direction;
        await nextFrame();
        found.mostCells = Math.max(found.mostCells, document.querySelectorAll('[role=gridcell]').length);
      }
      note(observer.takeRecords());
      observer.disconnect();
      return found;
    },
    { steps, stepPixels },
  );
}
