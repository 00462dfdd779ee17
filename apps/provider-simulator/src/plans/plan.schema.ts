import { z } from 'zod';
import { faultSchema, isBeforeBodyFault } from './fault.schema.ts';
import { isFaultFor, planTargetSchema } from './plan-target.ts';

/** How an answer carries its image. `inline` and `url` are the dialect's usual fields; the others are what some resellers do. */
const deliverySchema = z.enum(['inline', 'inline_string', 'markdown', 'url', 'url_in_text']);
export type Delivery = z.output<typeof deliverySchema>;

const behaviourShape = {
  latencyMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .optional()
    .describe('Milliseconds before the answer, instead of the default.'),
  taskMs: z
    .int()
    .min(0)
    .max(86_400_000)
    .optional()
    .describe('Milliseconds from the creation of a task to its end, where the provider answers with a task.'),
  fault: faultSchema.optional(),
  fixedImage: z.boolean().optional().describe('Answer with an image that is drawn once for each size: costs no CPU.'),
  imageFormat: z.enum(['png', 'jpeg', 'webp']).optional(),
  delivery: deliverySchema.optional(),
};

/** What happens to one request that a plan matches. */
const behaviourSchema = z.strictObject(behaviourShape);
export type Behaviour = z.output<typeof behaviourSchema>;

/** The body of `POST /control/plans`. */
export const planRequestSchema = z
  .strictObject({
    match: z.string().min(1).optional().describe("A text that must occur in the request's prompt."),
    matchKey: z.string().min(1).optional().describe("A text that must occur in the request's API key."),
    on: planTargetSchema.default('submit').describe('Which requests the plan is for.'),
    after: z.int().min(0).default(0).describe('How many matching requests pass before the plan begins.'),
    times: z.int().min(1).optional().describe('How many requests the plan applies to; without limit by default.'),
    steps: z.array(behaviourSchema).min(1).optional().describe('One behaviour for each successive request, then none.'),
    ...behaviourShape,
  })
  .superRefine((plan, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (plan.match === undefined && plan.matchKey === undefined) {
      refuse('match', 'give match (in the prompt), matchKey (in the API key), or both');
    }
    if (plan.steps && plan.times !== undefined)
      refuse('times', 'steps already say how many requests the plan applies to');
    if (plan.steps && Object.keys(behaviourShape).some((name) => name in plan)) {
      refuse('steps', 'put latencyMs, fault and the other behaviours into the steps');
    }
    const faults = [plan.fault, ...(plan.steps ?? []).map((step) => step.fault)];
    for (const fault of faults) {
      if (fault && !isFaultFor(fault, plan.on)) refuse('on', `the fault ${fault.kind} does not happen on ${plan.on}`);
    }
    if (plan.match !== undefined && faults.some(isBeforeBodyFault)) {
      refuse('match', 'a fault before the body is read comes before the prompt is known: match by matchKey alone');
    }
  });

export type PlanRequest = z.output<typeof planRequestSchema>;
