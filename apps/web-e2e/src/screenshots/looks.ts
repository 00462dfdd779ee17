import { type BrowserContextOptions, devices } from 'playwright-core';

/** In which ways every scene is looked at. */
export const looks: readonly { name: string; options: BrowserContextOptions }[] = [
  { name: 'desktop-light', options: desktop({ colorScheme: 'light' }) },
  { name: 'desktop-dark', options: desktop({ colorScheme: 'dark' }) },
  { name: 'desktop-chinese', options: desktop({ colorScheme: 'light', locale: 'zh-CN' }) },
  { name: 'phone-light', options: phone({ colorScheme: 'light' }) },
  { name: 'phone-dark', options: phone({ colorScheme: 'dark' }) },
  { name: 'phone-chinese', options: phone({ colorScheme: 'light', locale: 'zh-CN' }) },
  { name: 'tablet-light', options: desktop({ colorScheme: 'light', viewport: { width: 820, height: 1180 } }) },
  { name: 'wide-dark', options: desktop({ colorScheme: 'dark', viewport: { width: 2560, height: 1300 } }) },
];

function desktop(options: BrowserContextOptions): BrowserContextOptions {
  return { viewport: { width: 1440, height: 900 }, ...options };
}

/** As a small phone shows it, with a finger in place of a mouse. */
function phone(options: BrowserContextOptions): BrowserContextOptions {
  const { defaultBrowserType: _unused, ...iphone } = devices['iPhone SE (3rd gen)'] ?? {};
  return { ...iphone, ...options };
}
