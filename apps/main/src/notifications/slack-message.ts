import type { ToldEvent } from './tell-event.ts';

/** What an incoming webhook of Slack takes: a readable message, a link, and a picture where there is one. */
export function slackMessage({ title, prompt, lines, links }: ToldEvent, thumbnailUrl: string | undefined): string {
  const text = [
    `*${escapeSlack(title)}*`,
    ...(prompt === undefined ? [] : [`>${escapeSlack(prompt)}`]),
    ...lines.map(escapeSlack),
    links.map(({ label, url }) => `<${encodeLink(url)}|${escapeSlack(label)}>`).join(' · '),
  ].join('\n');
  return JSON.stringify({
    // What notifications on a phone and screen readers show.
    text: escapeSlack(title),
    unfurl_links: false,
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text },
        ...(thumbnailUrl !== undefined && {
          accessory: { type: 'image', image_url: thumbnailUrl, alt_text: prompt ?? title },
        }),
      },
    ],
  });
}

/** Slack's own three: nothing that a user wrote becomes a link or calls a channel. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function encodeLink(url: string): string {
  return escapeSlack(url).replaceAll('|', '%7C');
}
