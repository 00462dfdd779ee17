import type { ApiInstance } from '../api-instance.ts';
import { ProblemError } from '../problems/problem-error.ts';

const verbsToCome = ['cancel', 'retry', 'refresh'];

/** What the API promises for later says so, instead of looking like a wrong address. */
export function notYetRoutes(app: ApiInstance): void {
  for (const verb of verbsToCome) {
    app.post(`/calls/:id/${verb}`, { schema: { hide: true } }, () => {
      throw new ProblemError('not_implemented', `This version cannot ${verb} calls yet. The call goes on as it is.`);
    });
  }
}
