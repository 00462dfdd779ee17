import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Deployment, ServiceSpec } from '../src/deployment/component-spec.ts';
import { findFreePort } from '../src/ports/free-port.ts';
import { superviseComponent, type SupervisedComponent } from '../src/supervisor/supervised-component.ts';
import { createSupervisor, type Supervisor } from '../src/supervisor/supervisor.ts';

// What nobody wants any more was started all the same, ran for ever, and its supervisor with it.

let directory: string;
let deployment: Deployment;
let service: ServiceSpec;
let component: SupervisedComponent;
let supervisor: Supervisor;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'darkroom-given-up-'));
  service = serviceOn(await findFreePort());
  deployment = {
    ...{ root: directory, dataDirectory: directory, firstSteps: [] },
    components: new Map([[service.name, service]]),
  };
  component = superviseComponent(service, { dataDirectory: directory, say: () => undefined });
  supervisor = createSupervisor(directory, () => undefined);
});

afterEach(async () => {
  await component.stop();
  await supervisor.down([]);
  rmSync(directory, { recursive: true });
});

test('a start that ends right after it was asked for starts nothing', async () => {
  const claim = Symbol('a start');
  const start = supervisor.up(deployment, [], claim);
  await Promise.all([
    supervisor.release(claim),
    expect(start).rejects.toThrow('Taken down before everything had come up'),
  ]);

  expect(supervisor.isIdle()).toBe(true);
  expect(starts()).toBe(0);
});

test('nor does a start that ends while it waits for the end of an earlier stop', async () => {
  await component.start();
  const stopped = component.stop();
  await setImmediate();
  const start = component.start();
  await Promise.all([stopped, component.stop(), expect(start).rejects.toThrow('stopped before it was ready')]);

  expect(component.isActive()).toBe(false);
  expect(starts()).toBe(1);
});

function starts(): number {
  const journal = join(directory, 'journal');
  return existsSync(journal) ? (readFileSync(journal, 'utf8').match(/started/g)?.length ?? 0) : 0;
}

function serviceOn(port: number): ServiceSpec {
  const command = ['node', join(import.meta.dirname, '../test/fixture-service.mjs')];
  return {
    ...{ kind: 'service', name: 'fixture', command, watchCommand: command, workingDirectory: directory },
    ...{ readyUrl: `http://127.0.0.1:${port}/readyz`, addresses: {}, readySeconds: 30, stopSeconds: 10 },
    ...{ ports: { http: { variable: 'FIXTURE_PORT', number: port } }, dependsOn: [], startsAfter: [], stopsBefore: [] },
    environment: {
      PATH: process.env['PATH'],
      FIXTURE_PORT: String(port),
      FIXTURE_JOURNAL: join(directory, 'journal'),
    },
    fingerprint: 'the only one',
  };
}
