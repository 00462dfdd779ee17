import { expect, test } from '@jest/globals';
import { resolve } from 'node:path';
import { componentSpecs } from '../src/deployment/component-specs.ts';
import { DeploymentError } from '../src/deployment/deployment-error.ts';
import { expandReferences } from '../src/deployment/expand-references.ts';
import { deployFileSchema } from '../src/deployment/deploy-file.schema.ts';
import { withDependencies } from '../src/deployment/dependency-order.ts';
import { readOtherPorts, readPorts } from '../src/deployment/read-ports.ts';
import type { ComponentSpec } from '../src/deployment/component-spec.ts';

const file = deployFileSchema.parse({
  middleware: {
    store: { driver: resolve('store.driver.ts'), ports: { http: { variable: 'STORE_PORT', default: 9000 } } },
  },
});

test('references are replaced wherever they stand, and an unknown one is told', () => {
  const lookUp = (name: string) => (name === 'PORT' ? '3000' : undefined);
  expect(expandReferences({ a: ['x:${PORT}', 1], b: { c: '${PORT}${PORT}' } }, lookUp)).toEqual({
    a: ['x:3000', 1],
    b: { c: '30003000' },
  });
  expect(() => expandReferences('${PRT}', lookUp)).toThrow(/\$\{PRT\}, which is neither the variable of a port/);
});

test('a port is what the environment says, and must be one', () => {
  expect(readPorts(file, {}).get('store')).toEqual({ http: { variable: 'STORE_PORT', number: 9000 } });
  expect(readPorts(file, { STORE_PORT: '9001' }).get('store')).toEqual({
    http: { variable: 'STORE_PORT', number: 9001 },
  });
  for (const text of ['0', '65536', '12.5', 'many'])
    expect(() => readPorts(file, { STORE_PORT: text })).toThrow('STORE_PORT is no port');
});

test('the port of what is started by other means is what the environment says too', () => {
  const withPage = deployFileSchema.parse({ otherPorts: { PAGE_PORT: 5173 } });
  expect([...readOtherPorts(withPage, {})]).toEqual([['PAGE_PORT', 5173]]);
  expect([...readOtherPorts(withPage, { PAGE_PORT: '5174' })]).toEqual([['PAGE_PORT', 5174]]);
  expect(() => readOtherPorts(withPage, { PAGE_PORT: 'x' })).toThrow('PAGE_PORT is no port');
});

test('what a component needs comes before it, and only that', () => {
  const components = componentsOf({ web: ['api'], api: ['store'], store: [], other: [] });
  expect(withDependencies(components, ['web']).map(({ name }) => name)).toEqual(['store', 'api', 'web']);
});

test('a circle and an unknown name are told', () => {
  expect(() => withDependencies(componentsOf({ a: ['b'], b: ['a'] }), [])).toThrow('a → b → a');
  expect(() => withDependencies(componentsOf({ a: [] }), ['b'])).toThrow(
    new DeploymentError('"b" is not in the deploy file. It describes: a.'),
  );
});

test('what a person says by another name of a variable is not said otherwise by the deploy file', () => {
  const ofPerson = { WEBHOOK_URL: 'https://mine.example' };
  const environmentWith = (environment: Record<string, string>) => {
    const [spec] = componentSpecs({
      file: deployFileSchema.parse({
        otherNames: { PUBLIC_URL: ['WEBHOOK_URL'] },
        services: {
          api: {
            workingDirectory: '.',
            command: ['node'],
            watchCommand: ['node'],
            ports: { http: { variable: 'PORT', default: 3000 } },
            environment: { PUBLIC_URL: 'http://localhost:3000', OTHER: 'kept' },
            ready: { port: 'http', path: '/readyz' },
          },
        },
      }),
      filePath: resolve('deploy/deploy.json'),
      root: resolve('.'),
      dotEnv: {},
      environment,
      ports: new Map([['api', { http: { variable: 'PORT', number: 3000 } }]]),
      lookUp: () => undefined,
    });
    return spec?.environment;
  };

  expect(environmentWith({})).toEqual({ PUBLIC_URL: 'http://localhost:3000', OTHER: 'kept' });
  expect(environmentWith(ofPerson)).toEqual({ ...ofPerson, OTHER: 'kept' });
});

function componentsOf(dependencies: Record<string, string[]>): Map<string, ComponentSpec> {
  return new Map(
    Object.entries(dependencies).map(([name, dependsOn]) => [name, { name, dependsOn } as unknown as ComponentSpec]),
  );
}
