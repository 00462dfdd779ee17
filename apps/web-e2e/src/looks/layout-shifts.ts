import type { Page } from 'playwright-core';

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
}

/** By how much what stands on the page has moved since it was opened, without anybody's doing: the sum of the browser's own measure. */
export async function layoutShiftOf(page: Page): Promise<number> {
  const shifts = await page.evaluate(
    () =>
      new Promise<{ value: number; hadRecentInput: boolean }[]>((resolve) => {
        const seen: LayoutShift[] = [];
        const note = (entries: PerformanceEntryList) => seen.push(...(entries as LayoutShift[]));
        const observer = new PerformanceObserver((list) => note(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        // Two frames later the browser has said what it knew.
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            setTimeout(() => {
              note(observer.takeRecords());
              resolve(seen.map(({ value, hadRecentInput }) => ({ value, hadRecentInput })));
            }),
          ),
        );
      }),
  );
  return shifts.filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0);
}
