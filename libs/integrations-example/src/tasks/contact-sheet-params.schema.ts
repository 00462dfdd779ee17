import { z } from 'zod';

export const contactSheetParamsSchema = z.strictObject({
  prompts: z
    .array(z.string().trim().min(1).max(2_000))
    .min(1)
    .max(100)
    .describe('What stands on the sheet, one prompt for each line.'),
});
