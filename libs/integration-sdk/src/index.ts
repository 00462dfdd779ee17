export { defineIntegration, defineOperation } from './definition/define-integration.ts';
export type {
  CallbackDefinition,
  CallbackReading,
  Delivery,
  IntegrationDefinition,
  IntegrationSetting,
  IntegrationSettings,
  MediaField,
  MediaLimits,
  OperationDefinition,
  SettingsOf,
} from './definition/define-integration.ts';
export { findSignatureFault } from './definition/find-signature-fault.ts';
export type { SignedText } from './definition/find-signature-fault.ts';
