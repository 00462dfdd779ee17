export { defineIntegration, defineOperation } from './definition/define-integration.ts';
export { defineTask } from './definition/define-task.ts';
export type { TaskDefinition } from './definition/define-task.ts';
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
export { sizesOfPixels, sizesOfShapes } from './requests/offered-sizes.ts';
export type { OfferedSize } from './requests/offered-sizes.ts';
export type { ImageRequestMapping, MappedRequest, VideoRequestMapping } from './requests/request-mapping.ts';
export { takeImageRequests, type ImageRequestTable } from './requests/take-image-requests.ts';
export { takeVideoRequests, type VideoRequestTable } from './requests/take-video-requests.ts';
