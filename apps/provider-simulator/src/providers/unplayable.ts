import type { Behaviour } from '../plans/plan.schema.ts';
import type { ProviderAnswer } from './image-dialect.ts';

/** The answer where a plan asks for what the provider never does: the plan is wrong, not the client. */
export function unplayable(name: string, { fault, delivery }: Behaviour, hint = ''): ProviderAnswer {
  const wish = [fault && `the fault ${fault.kind}`, delivery && `the delivery ${delivery}`]
    .filter(Boolean)
    .join(' with ');
  const message = `The simulator cannot play ${wish} in the ${name} dialect${hint}. Change the plan.`;
  return { status: 501, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error: { message } }) };
}
