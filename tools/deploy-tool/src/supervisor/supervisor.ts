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
  releasedBy: Claim | undefined;
}

export function createSupervisor(dataDirectory: string, announce: (said: Omit<Said, 'kind'>) => void): Supervisor {
  const entries = new Map<string, Entry>();
  let lastUp: Promise<unknown> = Promise.resolve();

  const supervise = (spec: ComponentSpec): Entry => {
    const say = (text: string, level: Said['level']) => announce({ component: spec.name, text, level });
    return { component: superviseComponent(spec, { dataDirectory, say }), claims: new Set(), releasedBy: undefined };
  };

  /** Takes the specs that nothing runs on, and refuses others than those that it runs on. */
  const adopt = async (specs: readonly ComponentSpec[]) => {
    const active = specs.filter(({ name }) => entries.get(name)?.component.isActive());
    const changed = active.filter((spec) => entries.get(spec.name)?.component.spec.fingerprint !== spec.fingerprint);
    if (changed.length > 0) {
      const names = changed.map(({ name }) => name).join(', ');
      throw new DeploymentError(`Already running with other settings: ${names}. To use the new ones, run "npx darkroom down" first.`);
    }
    const inactive = specs.filter((spec) => !active.includes(spec));
    await expectPortsFree(inactive);
    for (const spec of inactive) entries.set(spec.name, supervise(spec));
  };

  const startAll = async (specs: readonly ComponentSpec[]) => {
    const starts = new Map<string, Promise<void>>();
    for (const { name, dependsOn } of specs) {
      const dependencies = Promise.all(dependsOn.map((dependency) => starts.get(dependency))).catch(() => {
        throw new SkippedError();
      });
      starts.set(name, dependencies.then(() => entries.get(name)?.component.start()));
    }
    const results = await Promise.allSettled(starts.values());
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
    const messages = reasons.filter((reason) => !(reason instanceof SkippedError)).map(({ message }) => message);
    if (messages.length > 0) throw new DeploymentError(messages.join('\n\n'));
  };

  const stopUnclaimed = async () => {
    const unclaimed = [...entries.values()].filter(({ claims, component }) => claims.size === 0 && component.isActive());
    await stopInOrder(unclaimed.map(({ component }) => component), (name, text) => announce({ component: name, text, level: 'info' }));
  };

  return {
    up: async (deployment, names, claim) => {
      const specs = withDependencies(deployment.components, names);
      // One after the other, so that two that come at once do not both see a component that is not running yet.
      const adopted = lastUp.then(() => adopt(specs));
      lastUp = adopted.catch(() => undefined);
      await adopted;
      for (const { name } of specs) entries.get(name)?.claims.add(claim);
      await startAll(specs);
      return Promise.all(specs.flatMap(({ name }) => entries.get(name)?.component.status() ?? []));
    },
    release: async (claim) => {
      for (const entry of entries.values()) if (entry.claims.delete(claim)) entry.releasedBy = claim;
      await stopUnclaimed();
    },
    down: async (names) => {
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
