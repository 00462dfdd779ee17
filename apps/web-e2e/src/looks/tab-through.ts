import type { Page } from 'playwright-core';

export interface TabWalk {
  /** What can be clicked or filled, and what the tab key never reached; a group of radio buttons and a grid are one stop. */
  unreached: string[];
  /** What had the focus without showing it. */
  unseen: string[];
}

interface Walked extends Window {
  walk: { targets: Element[]; reached: Set<Element>; unseen: Set<Element> };
}

/** Presses the tab key until it has been everywhere. */
export async function tabThrough(page: Page): Promise<TabWalk> {
  const stops = await page.evaluate(() => {
    const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
    const able = targets.filter(
      (target) =>
        target.checkVisibility({ visibilityProperty: true }) &&
        !target.matches(':disabled, [role=grid] [tabindex="-1"]') &&
        target.getBoundingClientRect().width > 0,
    );
    const walk: Walked['walk'] = { targets: able, reached: new Set(), unseen: new Set() };
    (window as unknown as Walked).walk = walk;
    const isSeen = (element: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    };
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof Element)) return;
      walk.reached.add(target);
      const label = target.matches('input[type=radio]') ? target.closest('label') : null;
      if (![target, label].some((element) => element !== null && isSeen(element))) walk.unseen.add(target);
    });
    document.body.focus();
    return able.length;
  });
  // Some are several stops, such as a date, and the browser's own frame is one.
  for (let press = 0; press < stops + 20; press += 1) await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const { targets, reached, unseen } = (window as unknown as Walked).walk;
    const isOneStop = (target: Element) =>
      target instanceof HTMLInputElement &&
      target.type === 'radio' &&
      [...reached].some((other) => other instanceof HTMLInputElement && other.name === target.name);
    const describe = (element: Element) => element.outerHTML.slice(0, 160);
    return {
      unreached: targets.filter((target) => !reached.has(target) && !isOneStop(target)).map(describe),
      unseen: [...unseen].map(describe),
    };
  });
}
