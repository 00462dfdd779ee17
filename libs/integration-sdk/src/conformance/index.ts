export { briefFaults } from './brief-faults.ts';
export { runConformance } from './run-conformance.ts';
export type { ConformanceOptions, ConformanceVariant } from './conformance-options.ts';
export type { FaultId } from './faults/index.ts';
export type { ExpectedEnd } from './expected-end.ts';
