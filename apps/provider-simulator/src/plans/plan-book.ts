import { randomUUID } from 'node:crypto';
import type { Behaviour, PlanRequest } from './plan.schema.ts';
import type { PlanTarget } from './plan-target.ts';

/** A plan with the number of matching requests that it has seen since it was made. */
export type Plan = PlanRequest & { readonly id: string; seen: number };

interface RequestFacts {
  readonly on?: PlanTarget;
  readonly apiKey: string;
  readonly prompt: string;
}

/** The fault plans in force. They are asked in the order of their creation; the first that applies decides. */
export class PlanBook {
  #plans: Plan[] = [];

  create(request: PlanRequest): Plan {
    const plan = { ...request, id: `plan_${randomUUID()}`, seen: 0 };
    this.#plans.push(plan);
    return plan;
  }

  list(): readonly Plan[] {
    return this.#plans;
  }

  remove(id: string): boolean {
    const remaining = this.#plans.filter((plan) => plan.id !== id);
    const wasThere = remaining.length < this.#plans.length;
    this.#plans = remaining;
    return wasThere;
  }

  clear(): void {
    this.#plans = [];
  }

  /** Asks the plans that need no prompt, as soon as the headers are there. They go before those that need one. */
  takeByKey(apiKey: string, on: PlanTarget = 'submit'): Behaviour | undefined {
    return this.#take((plan) => plan.on === on && plan.match === undefined && matchesKey(plan, apiKey));
  }

  /** Asks the plans that look at the prompt. */
  takeByPrompt({ on = 'submit', apiKey, prompt }: RequestFacts): Behaviour | undefined {
    return this.#take(
      (plan) => plan.on === on && plan.match !== undefined && prompt.includes(plan.match) && matchesKey(plan, apiKey),
    );
  }

  /** Asks all plans for requests that are about a task whose prompt is known. */
  take(facts: Required<RequestFacts>): Behaviour | undefined {
    return this.takeByKey(facts.apiKey, facts.on) ?? this.takeByPrompt(facts);
  }

  #take(matches: (plan: Plan) => boolean): Behaviour | undefined {
    for (const plan of this.#plans) {
      if (!matches(plan)) continue;
      const behaviour = nextBehaviour(plan);
      if (behaviour) return behaviour;
    }
    return undefined;
  }
}

function nextBehaviour(plan: Plan): Behaviour | undefined {
  const turn = plan.seen - plan.after;
  if (turn >= (plan.steps?.length ?? plan.times ?? Infinity)) return undefined;
  plan.seen += 1;
  if (turn < 0) return undefined;
  return plan.steps ? plan.steps[turn] : plan;
}

function matchesKey(plan: Plan, apiKey: string): boolean {
  return plan.matchKey === undefined || apiKey.includes(plan.matchKey);
}
