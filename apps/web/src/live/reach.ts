interface ReachDependencies {
  /** Whether the browser has a network. */
  isOnline: () => boolean;
  /** Whether Darkroom answers. */
  answers: () => Promise<boolean>;
  /** Tells `online` and `offline`. */
  network: EventTarget;
}

/** Whether Darkroom can be reached at all. Without any network it can be where it runs on the same computer, so that it is asked then. */
export class Reach {
  private isCutOff = false;
  private asked = 0;
  private readonly listeners = new Set<() => void>();
  private readonly dependencies: ReachDependencies;

  constructor(dependencies: ReachDependencies) {
    this.dependencies = dependencies;
  }

  readonly read = (): boolean => !this.isCutOff;

  readonly subscribe = (listener: () => void): (() => void) => {
    const { network } = this.dependencies;
    if (this.listeners.size === 0) for (const type of ['online', 'offline']) network.addEventListener(type, this.look);
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      for (const type of ['online', 'offline']) network.removeEventListener(type, this.look);
    };
  };

  /** Looks anew: the last look counts, whichever answer comes first. */
  readonly look = (): void => {
    this.asked += 1;
    const turn = this.asked;
    if (this.dependencies.isOnline()) {
      this.note(false);
      return;
    }
    void this.dependencies.answers().then((answered) => {
      if (turn === this.asked) this.note(!answered);
    });
  };

  private note(isCutOff: boolean): void {
    if (isCutOff === this.isCutOff) return;
    this.isCutOff = isCutOff;
    for (const listener of this.listeners) listener();
  }
}
