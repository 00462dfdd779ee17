/** Keeps loops of looks from holding every slot of a worker: cancels, refreshes, submissions and stores need one at once. */
export interface PollSlots {
  /** A slot for an execution that looks at a task, until it gives it back; undefined where none is left for one more. */
  take(): PollSlot | undefined;
}

export interface PollSlot {
  /** Whether it may be held from look to look. Otherwise it is for one look. */
  mayStay: boolean;
  giveBack(): void;
}

// What is between the two lets calls that find no slot to stay in be looked at all the same, one look after the other.
const shareToStay = 0.8;
const shareOfLooks = 0.9;

/** `slots`: how many activities the worker runs at once, of all kinds. */
export function createPollSlots({ slots }: { slots: number }): PollSlots {
  const mostStaying = Math.max(1, Math.floor(slots * shareToStay));
  const most = Math.max(1, Math.floor(slots * shareOfLooks));
  let taken = 0;
  let staying = 0;
  return {
    take() {
      if (taken >= most) return undefined;
      const mayStay = staying < mostStaying;
      taken += 1;
      if (mayStay) staying += 1;
      return {
        mayStay,
        giveBack() {
          taken -= 1;
          if (mayStay) staying -= 1;
        },
      };
    },
  };
}
