import { z } from 'zod';
import { idSchema } from './identifiers.ts';

/** A poster comes from the provider: its last frame or its thumbnail. */
export const artifactRoleSchema = z.enum(['result', 'last_frame', 'thumbnail']);
export type ArtifactRole = z.infer<typeof artifactRoleSchema>;

/** What is known of a stored file, read from its bytes and not from what the provider said. */
export const artifactFactsSchema = z.object({
  artifactId: idSchema('art'),
  contentType: z.string(),
  width: z.int().positive().optional().describe('Pixels; images and videos.'),
  height: z.int().positive().optional().describe('Pixels; images and videos.'),
  durationSeconds: z.number().positive().optional().describe('Videos.'),
  frameRate: z.number().positive().optional().describe('Frames a second; videos.'),
  role: artifactRoleSchema.optional().describe('What it is among the results; a result where it is absent.'),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ArtifactFacts = z.infer<typeof artifactFactsSchema>;

/** An artifact as a worker reports it: its facts and where its bytes are in object storage. */
export const storedArtifactSchema = artifactFactsSchema.extend({
  objectKey: z.string().min(1).max(1024),
  attempt: z.int().positive(),
  position: z.int().nonnegative().describe('Its place among the results of one submission, from 0.'),
});
export type StoredArtifact = z.infer<typeof storedArtifactSchema>;

/** `GET /internal/artifacts/:id`: where the bytes of an account's artifact are in object storage; null where they are not. */
export const artifactPlaceSchema = z.object({ objectKey: z.string().min(1).nullable() });
export type ArtifactPlace = z.infer<typeof artifactPlaceSchema>;

/** An artifact as users see it. `url` is stable: it redirects to a fresh signed address at each request. */
export const artifactSchema = artifactFactsSchema.extend({
  url: z.url(),
  callId: idSchema('call'),
  createdAt: z.iso.datetime(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** An artifact inside a call's output: the worker reports the facts, `main` adds `url` when it shows them. */
export const outputArtifactSchema = artifactFactsSchema.extend({ url: z.url().optional() });
export type OutputArtifact = z.infer<typeof outputArtifactSchema>;
