import { type MappedPart, notHonoured } from './request-mapping.ts';

/** A field of a request that an operation takes as it is, under a name of its own. What was not asked for goes without saying. */
export function mapParameter(field: string, value: unknown, parameter: string | undefined): MappedPart {
  if (value === undefined) return {};
  if (parameter === undefined) return notHonoured(field, 'The provider has no such parameter.');
  return { input: { [parameter]: value } };
}

/** How many results an operation makes at once. */
export interface CountRule {
  field: string;
  most: number;
  /** Said where more than one is asked for. */
  remark?: string;
}

/** An operation without a rule makes one. */
export function mapCount(field: string, asked: number, rule: CountRule | undefined): MappedPart {
  if (asked === 1) return {};
  if (rule === undefined) return notHonoured(field, 'One is made: the provider makes one at a time.');
  const made = Math.min(asked, rule.most);
  const reasons = [
    ...(made < asked ? [`At most ${rule.most} are made at once.`] : []),
    ...(rule.remark === undefined ? [] : [rule.remark]),
  ];
  const input = { [rule.field]: made };
  return reasons.length === 0 ? { input } : { input, ...notHonoured(field, reasons.join(' ')) };
}

/** The frame rate is the provider's own; undefined where its document does not tell it. */
export function mapFrameRate(asked: number, framesPerSecond: number | undefined): MappedPart {
  if (asked === framesPerSecond) return {};
  const own = framesPerSecond === undefined ? 'a rate of its own' : `always ${framesPerSecond}`;
  return notHonoured('fps', `The provider lets nobody choose the frame rate: it is ${own}.`);
}

/** Which lengths an operation makes. */
export interface DurationRule {
  field: string;
  /** Seconds. */
  offered: readonly number[];
}

/** The nearest length that is offered. Of two that are as near either may be made: the shorter comes first, because it costs less. */
export function mapDuration(asked: number, { field, offered }: DurationRule): MappedPart[] {
  const distanceTo = (length: number) => Math.abs(length - asked);
  const nearest = Math.min(...offered.map(distanceTo));
  return offered
    .filter((length) => distanceTo(length) === nearest)
    .toSorted((one, other) => one - other)
    .map((length) => {
      const input = { [field]: length };
      if (length === asked) return { input };
      return { input, ...notHonoured('duration', `It is ${length} s, the nearest length that is offered.`) };
    });
}
