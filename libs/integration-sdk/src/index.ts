export { defineIntegration, defineOperation } from './definition/define-integration.ts';
export type {
  Delivery,
  IntegrationDefinition,
  IntegrationSetting,
  IntegrationSettings,
  OperationDefinition,
  SettingsOf,
} from './definition/define-integration.ts';
