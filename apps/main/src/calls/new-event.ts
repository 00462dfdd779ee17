import type { CallEventData, CallEventType } from '@darkroom/contract';

/** An event that has no numbers yet. */
export type NewEvent = { [Type in CallEventType]: { type: Type; data: CallEventData<Type> } }[CallEventType];
