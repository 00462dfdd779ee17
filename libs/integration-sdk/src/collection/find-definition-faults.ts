import { operationLimitsSchema } from '@darkroom/contract';
import { z } from 'zod';
import { taskNamePattern } from '../tasks/task-name.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a name in kebab case');
const text = z.string().min(1);
const schema = z.custom((value) => value instanceof Object && 'safeParse' in value, 'must be a zod schema');
const callable = z.custom((value) => typeof value === 'function', 'must be a function');

const definitionShape = z.looseObject({
  name,
  title: text,
  description: text,
  taskQueue: text,
  settings: z.record(
    z.string(),
    z.looseObject({ variable: z.string().regex(/^[A-Z][A-Z0-9_]*$/), schema, description: text, example: text }),
  ),
  simulatorSettings: callable,
  operations: z
    .record(
      name,
      z.looseObject({
        title: text,
        description: text,
        delivery: z.enum(['call', 'poll', 'callback']),
        input: schema,
        output: schema,
        mediaFields: z.record(
          z.string(),
          z
            .looseObject({
              kind: z.enum(['image', 'video']),
              sentAs: z.enum(['inline', 'url']),
              limits: z.looseObject({}).optional(),
            })
            .refine(({ sentAs, limits }) => sentAs === 'inline' || limits === undefined, {
              path: ['limits'],
              error: 'can be held only where the bytes are sent inline',
            }),
        ),
        limits: operationLimitsSchema,
        workflow: text,
      }),
    )
    .refine((operations) => Object.keys(operations).length > 0, 'must have at least one operation'),
  tasks: z.record(
    z.string().regex(taskNamePattern, 'must be a letter, then letters, digits, _ and -, at most 100'),
    z.looseObject({ title: text, description: text, params: schema, taskQueue: text.optional() }),
  ),
});

/** What is wrong with a package's definition; nothing for a good one. The package must be named after the integration. */
export function findDefinitionFaults(definition: unknown, packageName: string): string[] {
  if (definition === undefined) return ['it is missing'];
  const result = definitionShape.safeParse(definition);
  if (!result.success)
    return result.error.issues.map((issue) => `${issue.path.join('.') || 'definition'}: ${issue.message}`);
  const expected = packageName.replace('@darkroom/integrations-', '');
  return result.data.name === expected ? [] : [`name: must be "${expected}", as the package's name says`];
}
