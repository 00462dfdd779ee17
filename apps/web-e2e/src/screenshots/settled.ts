import type { Page } from 'playwright-core';

/** Resolves when the page shows what it has to show: nothing is loading any more, and nothing fades in. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isSeen = (element: Element) => {
      const { top, bottom, height } = element.getBoundingClientRect();
      return height > 0 && bottom > 0 && top < innerHeight;
    };
    const images = [...document.images].filter(isSeen);
    const films = [...document.querySelectorAll<HTMLVideoElement>('video[autoplay]')].filter(isSeen);
    const fading = document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity);
    return (
      document.querySelector('main') !== null &&
      document.querySelector('[aria-busy=true], [data-channel=connecting], [data-to-come]') === null &&
      images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0) &&
      films.every(({ readyState }) => readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) &&
      fading.length === 0
    );
  });
}
