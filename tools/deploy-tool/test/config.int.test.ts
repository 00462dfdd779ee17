import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Setting } from '@darkroom/platform-config';
import { settingsGroups } from '../src/config.ts';
import { deployFileSchema } from '../src/deployment/deploy-file.schema.ts';
import { temporalBinary } from '../src/middleware/temporal/temporal.binary.ts';
import { versitygwBinary } from '../src/middleware/object-store/versitygw.binary.ts';

const { middleware, otherPorts } = deployFileSchema.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../deploy/deploy.dev.json'), 'utf8')),
);
const settings: Setting[] = Object.values(settingsGroups.localDeployment.settings);

test('the documented ports of the middleware, and of what is started beside it, are those of the deploy file', () => {
  const documented = settings.flatMap(({ variable, default: usual }) =>
    variable.endsWith('_PORT') ? [[variable, Number(usual)]] : [],
  );
  const inDeployFile = Object.values(middleware).flatMap(({ ports }) =>
    Object.values(ports).map((port) => [port.variable, port.default]),
  );
  expect(Object.fromEntries(documented)).toEqual({ ...Object.fromEntries(inDeployFile), ...otherPorts });
});

test('the variable of every binary is documented', () => {
  const documented = settings.map(({ variable }) => variable);
  expect(documented).toEqual(expect.arrayContaining([temporalBinary.pathVariable, versitygwBinary.pathVariable]));
});
