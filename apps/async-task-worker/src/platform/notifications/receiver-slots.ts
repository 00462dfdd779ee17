/** One activity's place at its receiver. */
export interface ReceiverSlot {
  release(): void;
}

/** Keeps one account, and one receiver of it, from taking all places for deliveries in this process. */
export interface ReceiverSlots {
  /** Waits a little for a place in order; undefined where there is none, or too many wait: then it is tried again later. */
  take(place: ReceiverPlace): Promise<ReceiverSlot | undefined>;
}

export interface ReceiverPlace {
  accountId: string;
  /** A host, or the kind of the channel. */
  receiver: string;
}

export interface ReceiverSlotLimits {
  /** At once to one receiver of one account. */
  perReceiver: number;
  perAccount: number;
  /** Of one account. */
  waiting: number;
  /** Deliveries and waiting ones in the process. */
  inAll: number;
  /** So many more, for accounts that have few: those with dead receivers take none of them. The Worker's other activities have the rest. */
  reserved: number;
  /** How many of one account are few. */
  few: number;
  patienceMs: number;
}

const defaultLimits: ReceiverSlotLimits = {
  perReceiver: 16,
  perAccount: 32,
  waiting: 64,
  inAll: 1_500,
  reserved: 500,
  few: 8,
  patienceMs: 5_000,
};

interface Waiting extends ReceiverPlace {
  grant: () => void;
}

export function createReceiverSlots(limits: Partial<ReceiverSlotLimits> = {}): ReceiverSlots {
  const { perReceiver, perAccount, waiting: mostWaiting, ...whole } = { ...defaultLimits, ...limits };
  const taken = new Map<string, number>();
  const waitingByAccount = new Map<string, Waiting[]>();
  let present = 0;

  const receiverKey = ({ accountId, receiver }: ReceiverPlace) => JSON.stringify([accountId, receiver]);
  const count = (key: string, change: number) => {
    const next = (taken.get(key) ?? 0) + change;
    if (next === 0) taken.delete(key);
    else taken.set(key, next);
  };
  const presentOf = (accountId: string) => (taken.get(accountId) ?? 0) + (waitingByAccount.get(accountId)?.length ?? 0);
  const isFull = (accountId: string) =>
    present >= whole.inAll + (presentOf(accountId) < whole.few ? whole.reserved : 0);
  const isFree = (place: ReceiverPlace) =>
    (taken.get(place.accountId) ?? 0) < perAccount && (taken.get(receiverKey(place)) ?? 0) < perReceiver;
  const hold = (place: ReceiverPlace): ReceiverSlot => {
    count(place.accountId, 1);
    count(receiverKey(place), 1);
    return {
      release() {
        count(place.accountId, -1);
        count(receiverKey(place), -1);
        present -= 1;
        passOn(place.accountId);
      },
    };
  };
  // Whoever waits for a busy receiver does not keep those back that wait for another one.
  const passOn = (accountId: string) => waitingByAccount.get(accountId)?.find(isFree)?.grant();

  const waitFor = (place: ReceiverPlace): Promise<ReceiverSlot | undefined> => {
    const queue = waitingByAccount.get(place.accountId) ?? [];
    if (queue.length >= mostWaiting) return Promise.resolve(undefined);
    waitingByAccount.set(place.accountId, queue);
    return new Promise((resolve) => {
      const leave = () => {
        clearTimeout(timer);
        queue.splice(queue.indexOf(waiting), 1);
        if (queue.length === 0) waitingByAccount.delete(place.accountId);
      };
      const waiting: Waiting = {
        ...place,
        grant() {
          leave();
          resolve(hold(place));
        },
      };
      const timer = setTimeout(() => {
        leave();
        resolve(undefined);
      }, whole.patienceMs);
      queue.push(waiting);
    });
  };

  return {
    async take(place) {
      if (isFull(place.accountId)) return undefined;
      present += 1;
      if (isFree(place)) return hold(place);
      const slot = await waitFor(place);
      if (slot === undefined) present -= 1;
      return slot;
    },
  };
}
