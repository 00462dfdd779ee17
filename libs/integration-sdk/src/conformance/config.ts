/** Whether every integration plays every fault: `npm run test:faults` sets it. Otherwise those that concern everything in flight are played once for each delivery kind. */
export const playsEveryFault = process.env['CONFORMANCE_FAULTS'] === 'all';
