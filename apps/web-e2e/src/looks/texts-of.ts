import type { Page } from 'playwright-core';

/**
 * All that a page says in its own language: what is read, what is read out, and what appears beside the pointer. What is marked as English is left
 * out.
 */
export function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said = [...document.body.querySelectorAll('*')]
      .filter(
        (element) =>
          element.checkVisibility() &&
          !element.matches('script, noscript, style') &&
          !element.closest('body [lang=en]'),
      )
      .flatMap((element) => [
        ...[...element.childNodes]
          .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
          .map((node) => node.textContent),
        ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name)),
      ])
      .map((text) => text?.trim() ?? '');
    return [...new Set([document.title, ...said])].filter((text) => text !== '');
  });
}
