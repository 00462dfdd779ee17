import { Agent, request } from 'undici';

/** What the floor posts, and where to. */
export interface FloorPost {
  readonly url: string;
  readonly text: string;
}

/** The one activity of a bare delivery. */
export function createPostActivities() {
  const dispatcher = new Agent({ connections: 128 });
  return {
    async postText({ url, text }: FloorPost): Promise<number> {
      const answer = await request(url, { dispatcher, method: 'POST', body: text });
      await answer.body.dump();
      if (answer.statusCode >= 300) throw new Error(`The receiver answered ${answer.statusCode}.`);
      return answer.statusCode;
    },
  };
}

export type PostActivities = ReturnType<typeof createPostActivities>;
