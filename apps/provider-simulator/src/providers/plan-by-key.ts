import type { FastifyReply, FastifyRequest } from 'fastify';
import { isBeforeBodyFault } from '../plans/fault.schema.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import type { Simulation } from '../simulation.ts';
import { resetDuringBody, resetNow } from './connection.ts';

interface Provider {
  readonly name: string;
  apiKeyOf(request: FastifyRequest): string | undefined;
}

/** What plans decide by the key alone, before the body of a submission is read. */
export interface PlanByKey {
  onRequest(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  plannedFor(request: FastifyRequest): Behaviour | undefined;
}

export function planByKey({ name, apiKeyOf }: Provider, { plans, ledger, metrics }: Simulation): PlanByKey {
  const planned = new WeakMap<FastifyRequest, Behaviour>();
  return {
    async onRequest(request, reply) {
      const apiKey = apiKeyOf(request);
      const behaviour = plans.takeByKey(apiKey ?? '');
      if (!behaviour) return;
      const { fault } = behaviour;
      if (!isBeforeBodyFault(fault)) {
        planned.set(request, behaviour);
        return;
      }
      await ledger.refuse({ provider: name, model: null, prompt: null, apiKey }, fault.kind);
      metrics.count(name, fault.kind);
      if (fault.kind === 'reset_before_body') resetNow(reply);
      else resetDuringBody(request, reply);
    },
    plannedFor: (request) => planned.get(request),
  };
}
