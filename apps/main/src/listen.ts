import { explainListening, type ListeningPlace } from '@darkroom/platform-config';
import type { ApiInstance } from './api-instance.ts';

/** Listens, or says which variable to change. Answers the address. */
export async function listen(app: Pick<ApiInstance, 'listen'>, place: ListeningPlace): Promise<string> {
  const { host, port } = place;
  return app.listen({ host, port }).catch((error: unknown) => {
    throw explainListening(error, place);
  });
}
