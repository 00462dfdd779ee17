/** Where the floor's workflows run. */
export const floorTaskQueue = 'bench-floor';
