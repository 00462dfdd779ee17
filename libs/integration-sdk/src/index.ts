export { defineIntegration, defineOperation } from './definition/define-integration.ts';
export type {
  CallbackDefinition,
  CallbackReading,
  Delivery,
  IntegrationDefinition,
  IntegrationSetting,
  IntegrationSettings,
  MediaField,
  OperationDefinition,
  SettingsOf,
} from './definition/define-integration.ts';
