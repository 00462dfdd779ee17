import { until } from './until.ts';

/** Asks, and asks again where one like it was still being accepted when this one had waited for as long as it may, as the answer 409 says. */
export const inTurn = <Answer extends { status: number }>(ask: () => Promise<Answer>): Promise<Answer> =>
  until(ask, ({ status }) => status !== 409);
