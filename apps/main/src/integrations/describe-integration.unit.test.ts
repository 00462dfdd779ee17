import { expect, test } from '@jest/globals';
import { definition } from '@darkroom/integrations-fangzhou-video-generation';
import { describeIntegration } from './describe-integration.ts';

test('says which fields of an input take files, and what files, and not how the provider is given them', () => {
  const { operations } = describeIntegration(definition, { enabled: true, overrules: {} });
  const fields = operations.flatMap(({ mediaFields }) => Object.values(mediaFields));

  expect(fields).toContainEqual(expect.objectContaining({ kind: 'image', maxBytes: 30_000_000 }));
  expect(fields.filter((field) => 'sentAs' in field)).toEqual([]);
});
