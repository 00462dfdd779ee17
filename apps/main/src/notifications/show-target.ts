import type { NotificationChannel } from '@darkroom/contract';

const shownOfSlack = 8;
const cut = '…';

/** A target as its own account sees it. Whoever has the whole address of a Slack webhook may write there. */
export function showTarget(channel: NotificationChannel, target: string): string {
  if (channel !== 'slack') return target;
  const { origin, pathname } = new URL(target);
  return `${origin}${pathname.slice(0, shownOfSlack)}${cut}`;
}

/** Whether it is what we show of a target, and no address. */
export function isShownTarget(target: string): boolean {
  return target.endsWith(cut);
}
