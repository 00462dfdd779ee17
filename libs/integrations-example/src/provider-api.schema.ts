import { z } from 'zod';

/** A success of the example provider: the image as base64. */
export const imageAnswerSchema = z.object({ id: z.string(), image: z.base64().optional() });

/** An error of the example provider, whatever its status. */
export const errorAnswerSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
