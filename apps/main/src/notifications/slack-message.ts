import type { ToldEvent } from './tell-event.ts';

/** Slack refuses a message with a longer section (its reference of blocks). */
const maxSectionLength = 3_000;

/** What an incoming webhook of Slack takes: a readable message, a link, and a picture where there is one. */
export function slackMessage({ title, prompt, lines, links }: ToldEvent, thumbnailUrl: string | undefined): string {
  const head = [`*${escapeSlack(title)}*`, ...(prompt === undefined ? [] : [`>${escapeSlack(prompt)}`])].join('\n');
  const picture = thumbnailUrl !== undefined && {
    accessory: { type: 'image', image_url: thumbnailUrl, alt_text: prompt ?? title },
  };
  return JSON.stringify({
    // What notifications on a phone and screen readers show.
    text: escapeSlack(title),
    unfurl_links: false,
    blocks: [
      { ...section(head), ...picture },
      ...(lines.length === 0 ? [] : [section(lines.map(escapeSlack).join('\n'))]),
      section(linksWithin(links, maxSectionLength)),
    ],
  });
}

function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** As many as there is room for: the first one leads to all of them. */
function linksWithin(links: ToldEvent['links'], length: number): string {
  return links
    .map(({ label, url }) => `<${encodeLink(url)}|${escapeSlack(label)}>`)
    .reduce((text, link) =>
      text.length + link.length + separator.length <= length ? `${text}${separator}${link}` : text,
    );
}

const separator = ' · ';

/** Slack's own three: nothing that a user wrote becomes a link or calls a channel. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function encodeLink(url: string): string {
  return escapeSlack(url).replaceAll('|', '%7C');
}
