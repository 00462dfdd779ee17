import { z } from 'zod';
import { faultObjectSchema } from '../plans/fault.schema.ts';

/** How far a task is. What the provider calls it is its dialect's matter. */
export const taskStateSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired']);
export type TaskState = z.output<typeof taskStateSchema>;

/** Why a task failed: the provider's fault, or its content policy. */
export const failureSchema = z.enum(['failed', 'blocked']);
export type TaskFailure = z.output<typeof failureSchema>;

/** What a client asked for, in the simulator's words; kept on the disk with the task. */
const taskOrderSchema = z.object({
  model: z.string(),
  prompt: z.string(),
  /** Pixels of the image, or of the video that was asked for: a clip only comes near. */
  width: z.int(),
  height: z.int(),
  /** How many results. */
  count: z.int().default(1),
  seconds: z.number().optional(),
  callbackUrl: z.string().optional(),
  /** Where no plan says otherwise; PNG by default. */
  imageFormat: z.enum(['png', 'jpeg', 'webp']).optional(),
  /** What else the dialect wants to have again when it answers. */
  details: z.record(z.string(), z.unknown()).default({}),
});
export type TaskOrder = z.output<typeof taskOrderSchema>;

const mediaFileSchema = z.object({
  /** The file's path on this server. */
  path: z.string(),
  mimeType: z.string(),
  bytes: z.int(),
  /** Absent in what earlier versions wrote. */
  sha256: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  durationSeconds: z.number().optional(),
  frameRate: z.number().optional(),
});
export type MediaFile = z.output<typeof mediaFileSchema>;

/** What a task made. */
const taskMediaSchema = z.object({
  results: z.array(mediaFileSchema),
  /** The last picture of a video. */
  lastFrame: mediaFileSchema.optional(),
});
export type TaskMedia = z.output<typeof taskMediaSchema>;

const taskSchema = z.object({
  id: z.string(),
  provider: z.string(),
  submissionId: z.string(),
  keyFingerprint: z.string(),
  order: taskOrderSchema,
  createdAt: z.iso.datetime(),
  /** From the creation to the end. */
  taskMs: z.int(),
  /** The simulator's origin, as the client addressed it when it submitted. */
  origin: z.string(),
  /** The paths of the input images on this server. */
  inputs: z.array(z.string()),
  imageFormat: z.enum(['png', 'jpeg', 'webp']),
  fixedImage: z.boolean(),
  /** What goes wrong with the task itself or with its result. */
  fault: faultObjectSchema.optional(),
  /** What goes wrong with its callbacks. */
  callbackFault: faultObjectSchema.optional(),
  /** What the dialect made of the API key to sign callbacks with. The key itself is never kept. */
  seal: z.string().optional(),
});
/** A task as it was created: nothing in it changes. */
export type Task = z.output<typeof taskSchema>;

const taskEndSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  state: taskStateSchema,
  failure: failureSchema.optional(),
});
export type TaskEnd = z.output<typeof taskEndSchema>;

const callbackAttemptSchema = z.object({
  state: z.string(),
  at: z.iso.datetime(),
  /** The HTTP status of the answer, or null where there was none. */
  status: z.int().nullable(),
});
export type CallbackAttempt = z.output<typeof callbackAttemptSchema>;

export const taskLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('created'), task: taskSchema }),
  z.object({ type: z.literal('ended'), end: taskEndSchema }),
  z.object({ type: z.literal('made'), id: z.string(), media: taskMediaSchema }),
  z.object({ type: z.literal('called_back'), id: z.string(), callback: callbackAttemptSchema }),
  z.object({ type: z.literal('deleted'), id: z.string() }),
]);
export type TaskLine = z.output<typeof taskLineSchema>;
