import type { InputImage, ProviderOutcome, ProviderRequest, ProviderResponse } from '@darkroom/integration-sdk/worker';
import type { GenerationInput } from '../input.schema.ts';
import type { Settings } from '../settings.ts';

/** One wire format: how it asks for an image, and what its answers mean. */
export interface DialectMapping {
  toProviderRequest(given: { input: GenerationInput; images: InputImage[]; settings: Settings }): ProviderRequest;
  fromProviderResponse(response: ProviderResponse): ProviderOutcome;
}
