import type { AccountEvent, Batch, Call } from '@darkroom/contract';

/** What an event is about, as its own address shows it at the moment of the attempt. */
export type EventSubject = { call?: Call | undefined; batch?: Batch | undefined };

/** Receivers often take no more than this; what is longer is left where it can be fetched. */
const maxBodyBytes = 256 * 1024;

/** The body of a webhook: the event as every channel shows it, with the call or the batch that it is about. */
export function webhookBody(event: AccountEvent, subject: EventSubject): string {
  const whole = toBody(event, { ...event, ...subject });
  if (Buffer.byteLength(whole) <= maxBodyBytes) return whole;
  return toBody(event, { ...event, data: withoutOutput(event.data), ...withoutContent(subject), omitted });
}

const omitted =
  'The inputs and outputs are too large for a webhook and were left out: fetch them from the address under `urls.self`.';

function toBody({ type, createdAt }: AccountEvent, data: Record<string, unknown>): string {
  return JSON.stringify({ type, timestamp: createdAt, data });
}

function withoutOutput({ output: _, ...data }: Record<string, unknown>): Record<string, unknown> {
  return data;
}

function withoutContent({ call, ...subject }: EventSubject): Record<string, unknown> {
  if (call === undefined) return subject;
  const { input: _input, output: _output, ...rest } = call;
  return { ...subject, call: rest };
}
