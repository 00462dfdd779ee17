import { z } from 'zod';

const clipFactsSchema = z.object({
  /** What the picture shows, and part of the file's name. */
  number: z.int(),
  width: z.int(),
  height: z.int(),
  durationSeconds: z.number(),
  frameRate: z.number(),
});

/** `assets/clips/facts.json`: what ffprobe read in each clip when it was made. */
export const clipFactsListSchema = z.array(clipFactsSchema).min(1);

export type ClipFacts = z.output<typeof clipFactsSchema>;
