import { listFromText } from './from-text.schema.ts';
import { defineSettings } from './settings-group.ts';

/** Which integrations are installed and on: `main` and the worker read the same list. */
export const integrationsSettings = defineSettings('Integrations', {
  enabled: {
    variable: 'ENABLED_INTEGRATIONS',
    schema: listFromText,
    presence: 'required-in-production',
    description:
      'The integrations that are on, by name, separated by commas. Outside production all that are installed are on where it is not set.',
    example: 'nanobanana2',
  },
  denyList: {
    variable: 'INTEGRATIONS_DENY_LIST',
    schema: listFromText,
    default: 'example',
    allowEmpty: true,
    description: 'The integrations that are not even loaded, by name, separated by commas; empty for none.',
  },
});
