/** Resolves where the dependency answers; rejects with an error whose message says what is wrong with it. */
export type ReadinessCheck = () => Promise<unknown>;

/** By the dependency's name. `main` cannot work without `postgres`, and wants `redis` only to be quick; while another is away, accepted calls wait. */
export type ReadinessChecks = Readonly<Record<string, ReadinessCheck>>;
