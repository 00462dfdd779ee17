import type { RetentionKind } from '@darkroom/contract';
import { defineSettings, integerFromText, type SettingsOf } from '@darkroom/platform-config';

const days = integerFromText({ minimum: 1, maximum: 36_500 });

/** What is removed once it is old enough. Nothing, where nothing is set. */
export const retentionSettings = defineSettings('Retention', {
  eventsDays: {
    variable: 'RETENTION_EVENTS_DAYS',
    schema: days,
    presence: 'optional',
    description:
      'After how many days events are removed from the beginning of each account’s log, up to the first that is younger or belongs to a call that has not ended. Calls stay. Unset: never.',
    example: '365',
  },
  artifactsDays: {
    variable: 'RETENTION_ARTIFACTS_DAYS',
    schema: days,
    presence: 'optional',
    description:
      'After how many days the files that ended calls produced are deleted from object storage, unless a call that has not ended names them. What is known of them stays. Uploads stay. Unset: never.',
    example: '90',
  },
  historiesDays: {
    variable: 'RETENTION_HISTORIES_DAYS',
    schema: days,
    presence: 'optional',
    description:
      "After how many days the closed workflows of calls that have ended, and of asynchronous tasks with their results, are deleted from Temporal, whose namespace's own retention deletes them as well. Unset: that alone.",
    example: '7',
  },
});

/** For how many days each kind is kept; what has no number is kept for ever. */
export type RetentionDays = Readonly<Partial<Record<RetentionKind, number>>>;

export function retentionDaysOf({
  eventsDays,
  artifactsDays,
  historiesDays,
}: SettingsOf<typeof retentionSettings>): RetentionDays {
  return {
    ...(eventsDays !== undefined && { events: eventsDays }),
    ...(artifactsDays !== undefined && { artifacts: artifactsDays }),
    ...(historiesDays !== undefined && { histories: historiesDays }),
  };
}
