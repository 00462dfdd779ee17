import type { FastifyReply } from 'fastify';
import { isRefusalFault, isUnclearFault } from '../plans/fault.schema.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import { resetNow } from '../providers/connection.ts';
import type { ProviderAnswer, Refusal } from '../providers/image-dialect.ts';
import { refuseAsPlanned } from '../providers/refuse-as-planned.ts';
import type { Conversation } from '../providers/serve-uncounted.ts';
import { showAnswer } from '../providers/show-answer.ts';
import { unclearAnswer } from '../providers/unclear-answer.ts';
import { unplayable } from '../providers/unplayable.ts';
import { longestWait, waitUnlessGone } from '../providers/wait-unless-gone.ts';

interface Planned {
  readonly provider: {
    readonly name: string;
    refuse(refusal: Refusal): ProviderAnswer;
    errorIn200?(): ProviderAnswer;
  };
  readonly apiKey: string;
  readonly behaviour: Behaviour;
  /** The answer where no fault stands in for it; undefined where the provider has none. */
  readonly prepare: () => Promise<ProviderAnswer | undefined>;
}

/** Answers a request that costs nothing: about a task, or for a list. */
export async function servePlanned({ reply, gone }: Conversation, planned: Planned): Promise<FastifyReply> {
  const { provider, behaviour } = planned;
  const { fault } = behaviour;
  if (fault?.kind === 'hang') {
    await waitUnlessGone(longestWait, gone);
    return resetNow(reply);
  }
  const answer = await answerOf(planned);
  await waitUnlessGone(fault?.kind === 'slow' ? fault.latencyMs : (behaviour.latencyMs ?? 0), gone);
  if (gone.aborted) return resetNow(reply);
  return showAnswer(reply, answer ?? unplayable(provider.name, behaviour), fault);
}

function answerOf({ provider, apiKey, behaviour, prepare }: Planned): Promise<ProviderAnswer | undefined> {
  const { fault } = behaviour;
  if (isRefusalFault(fault)) return Promise.resolve(refuseAsPlanned(provider, fault, apiKey));
  if (isUnclearFault(fault)) return Promise.resolve(unclearAnswer(fault, provider, apiKey));
  return prepare();
}
