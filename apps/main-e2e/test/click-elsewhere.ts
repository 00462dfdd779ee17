/**
 * What a link answers to a person who clicks it on a page of another site, such as Slack or webmail: the browser says so, and sends no cookie of the
 * session along.
 */
export async function clickElsewhere(link: string): Promise<{ status: number; contentType: string; text: string }> {
  const answer = await fetch(link, {
    headers: {
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-dest': 'document',
    },
  });
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type') ?? '',
    text: await answer.text(),
  };
}
