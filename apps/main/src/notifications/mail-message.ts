import type { ToldEvent } from './tell-event.ts';

export interface MailMessage {
  subject: string;
  text: string;
  html: string;
}

/** An event as an e-mail, in plain text and in simple HTML. */
export function mailMessage({ title, prompt, lines, links }: ToldEvent, thumbnailUrl: string | undefined): MailMessage {
  const quoted = prompt === undefined ? [] : [prompt];
  const text = [
    title,
    ...quoted.map((line) => `"${line}"`),
    ...lines,
    ...links.map(({ label, url }) => `${label}: ${url}`),
  ];
  const html = [
    `<p><strong>${escapeHtml(title)}</strong></p>`,
    ...quoted.map((line) => `<blockquote>${escapeHtml(line)}</blockquote>`),
    ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    ...(thumbnailUrl === undefined ? [] : [`<p><img src="${escapeHtml(thumbnailUrl)}" alt=""></p>`]),
    ...links.map(({ label, url }) => `<p><a href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>`),
  ];
  return { subject: `Darkroom: ${title}`, text: `${text.join('\n\n')}\n`, html: html.join('\n') };
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
