import type { ComponentSpec, Deployment } from '../deployment/component-spec.ts';
import { withDependencies } from '../deployment/dependency-order.ts';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { expectPortsFree } from '../ports/expect-ports-free.ts';
import type { ComponentStatus, Said } from './messages.ts';
import { stopInOrder } from './stop-in-order.ts';
import { superviseComponent, type SupervisedComponent } from './supervised-component.ts';

/** Who wants a component to run: a connection that holds it, or `lasting` for whoever wanted it without one. */
export type Claim = symbol | 'lasting';

export interface Supervisor {
  /** Brings components and what they need up, for a claim. Rejects with everything that did not come up. */
  up(deployment: Deployment, names: readonly string[], claim: Claim): Promise<ComponentStatus[]>;
  /** Takes a claim back and stops what nobody else wants. */
  release(claim: Claim): Promise<void>;
  /** Stops components whoever wants them; all where no name is given. */
  down(names: readonly string[]): Promise<void>;
  status(): Promise<ComponentStatus[]>;
  /** Ends at once what is being stopped for a claim. */
  killReleased(claim: Claim): void;
  isIdle(): boolean;
}

interface Entry {
  component: SupervisedComponent;
  claims: Set<Claim>;
  /** How many requests are about to start it. */
  pendingStarts: number;
  releasedBy: Claim | undefined;
}

export function createSupervisor(dataDirectory: string, announce: (said: Omit<Said, 'kind'>) => void): Supervisor {
  const entries = new Map<string, Entry>();
  let lastUp: Promise<unknown> = Promise.resolve();

  const supervise = (spec: ComponentSpec): Entry => {
    const say = (text: string, level: Said['level']) => announce({ component: spec.name, text, level });
    return {
      component: superviseComponent(spec, { dataDirectory, say }),
      claims: new Set(),
      pendingStarts: 0,
      releasedBy: undefined,
    };
  };

  const isInUse = (name: string) => {
    const entry = entries.get(name);
    return entry !== undefined && (entry.pendingStarts > 0 || entry.component.isActive());
  };

  /** Takes the specs that nothing runs on, and refuses others than those that it runs on. */
  const adopt = async (specs: readonly ComponentSpec[], claim: Claim) => {
    const active = specs.filter(({ name }) => isInUse(name));
    const changed = active.filter((spec) => entries.get(spec.name)?.component.spec.fingerprint !== spec.fingerprint);
    if (changed.length > 0) {
      const names = changed.map(({ name }) => name).join(', ');
      throw new DeploymentError(
        `Already running with other settings: ${names}. To use the new ones, run "npx darkroom down" first.`,
      );
    }
    const inactive = specs.filter((spec) => !active.includes(spec));
    await expectPortsFree(inactive);
    for (const spec of inactive) entries.set(spec.name, supervise(spec));
    const adopted = specs.flatMap(({ name }) => entries.get(name) ?? []);
    for (const entry of adopted) {
      entry.claims.add(claim);
      entry.pendingStarts += 1;
    }
    return adopted;
  };

  const startAll = async (adopted: readonly Entry[]) => {
    const starts = new Map<string, Promise<void>>();
    for (const { component, claims } of adopted) {
      const { name, dependsOn, startsAfter } = component.spec;
      const dependencies = Promise.all([...dependsOn, ...startsAfter].flatMap((before) => starts.get(before) ?? []));
      const start = dependencies.then(
        // It may have been given up while what it needs was coming up.
        () => (claims.size > 0 ? component.start() : Promise.reject(new SkippedError())),
        () => Promise.reject(new SkippedError()),
      );
      starts.set(name, start);
    }
    const results = await Promise.allSettled(starts.values());
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
    const messages = reasons.filter((reason) => !(reason instanceof SkippedError)).map(({ message }) => message);
    if (messages.length > 0) throw new DeploymentError(messages.join('\n\n'));
    if (reasons.length > 0) throw new DeploymentError('Taken down before everything had come up.');
  };

  const stopUnclaimed = async () => {
    const unclaimed = [...entries.values()].filter(
      ({ claims, component }) => claims.size === 0 && component.isActive(),
    );
    await stopInOrder(
      unclaimed.map(({ component }) => component),
      (name, text) => announce({ component: name, text, level: 'info' }),
    );
  };

  return {
    up: async (deployment, names, claim) => {
      const specs = withDependencies(deployment.components, names);
      // One after the other, so that two that come at once do not both see a component that is not running yet.
      const adopting = lastUp.then(() => adopt(specs, claim));
      lastUp = adopting.catch(() => undefined);
      const adopted = await adopting;
      try {
        await startAll(adopted);
      } finally {
        for (const entry of adopted) entry.pendingStarts -= 1;
      }
      return Promise.all(adopted.map(({ component }) => component.status()));
    },
    release: async (claim) => {
      // What was asked for just now has its claims only then.
      await lastUp;
      for (const entry of entries.values()) if (entry.claims.delete(claim)) entry.releasedBy = claim;
      await stopUnclaimed();
    },
    down: async (names) => {
      await lastUp;
      for (const [name, { claims }] of entries) if (names.length === 0 || names.includes(name)) claims.clear();
      await stopUnclaimed();
    },
    status: () => Promise.all([...entries.values()].map(({ component }) => component.status())),
    killReleased: (claim) => {
      for (const { releasedBy, component } of entries.values()) if (releasedBy === claim) component.kill();
    },
    isIdle: () => ![...entries.values()].some(({ component }) => component.isActive()),
  };
}

/** A component that was not started because one that it needs did not come up. That one tells why. */
class SkippedError extends Error {}
