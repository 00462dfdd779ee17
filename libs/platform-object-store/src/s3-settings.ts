import { defineSettings, urlFromText } from '@darkroom/platform-config';
import { z } from 'zod';

const required = z.string().trim().min(1, 'must not be empty');

/** Where results are stored: one bucket for the deployment, in any S3-compatible store. */
export const s3Settings = defineSettings('Object storage', {
  endpoint: {
    variable: 'S3_ENDPOINT',
    schema: urlFromText(),
    description: 'Address of the S3 API. Download links point at it, so browsers must reach it too.',
    example: 'http://127.0.0.1:9090',
  },
  region: {
    variable: 'S3_REGION',
    schema: required,
    description: 'Region that requests are signed for.',
    example: 'us-east-1',
  },
  bucket: {
    variable: 'S3_BUCKET',
    schema: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a bucket name: 3 to 63 of a-z, 0-9, "." and "-"'),
    description: 'Bucket for all results; created at start where the credentials allow it.',
    example: 'darkroom',
  },
  accessKeyId: {
    variable: 'S3_ACCESS_KEY_ID',
    schema: required,
    description: 'Access key of the object store.',
    example: 'darkroom',
    secret: true,
  },
  secretAccessKey: {
    variable: 'S3_SECRET_ACCESS_KEY',
    schema: required,
    description: 'Secret key of the object store.',
    example: 'a-long-random-secret',
    secret: true,
  },
  objectKeyPrefix: {
    variable: 'S3_OBJECT_KEY_PREFIX',
    schema: z
      .string()
      .regex(/^[A-Za-z0-9!_.*'()-]+(\/[A-Za-z0-9!_.*'()-]+)*$/, 'must be a key prefix without a slash at either end'),
    description: 'What every object key starts with.',
    example: 'darkroom',
  },
});
