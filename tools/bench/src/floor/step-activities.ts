/** What a step of the floor does: nothing, as that of the ten-step task. */
export const stepActivities = {
  bareStep: async (number: number): Promise<number> => number,
};

export type StepActivities = typeof stepActivities;
