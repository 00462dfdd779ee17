import { operationLimitsSchema } from '@darkroom/contract';
import { z } from 'zod';

const overrulesSchema = z.record(
  z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?$/, 'expected "<integration>" or "<integration>/<operation>"'),
  operationLimitsSchema.strict().partial(),
);

/** What the operator decided about limits: by integration, or by integration and operation. */
export type LimitsOverrules = z.infer<typeof overrulesSchema>;

/** JSON `{ "<integration>" | "<integration>/<operation>": { deadlineSeconds?, … } }`. */
export const limitsOverrulesFromText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('expected JSON');
      return z.NEVER;
    }
  })
  .pipe(overrulesSchema);
