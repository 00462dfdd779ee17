/**
 * How many activities of one integration run at once in this process. A waiting activity is a sleep: slots are cheap, and what is heavy has a
 * limit of its own inside the process. Four fifths of them, two thousand, may be held by calls that wait for their provider.
 */
export const activitySlots = 2_500;
