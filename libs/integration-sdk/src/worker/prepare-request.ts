import { failure, type Failure } from '@darkroom/contract';
import type { ProviderRequest } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { messageOf } from './error-message.ts';
import { fetchInputImages } from './fetch-input-images.ts';

export type PreparedRequest = { kind: 'prepared'; request: ProviderRequest } | { kind: 'impossible'; error: Failure };

/** Builds the paid request. Whatever is wrong with the input, or with the integration, shows here, before anything is paid. */
export async function prepareRequest(work: CallWork): Promise<PreparedRequest> {
  const { operation, handler, context, call } = work;
  const input = operation.input.safeParse(call.input);
  if (!input.success) {
    const faults = input.error.issues.map((issue) => `/input/${issue.path.join('/')}: ${issue.message}`);
    return impossible(failure('invalid_input', `The input does not fit the operation any more: ${faults.join('; ')}`));
  }
  const fetched = await fetchInputImages(work, input.data);
  if (fetched.kind === 'unusable') {
    return impossible(failure('invalid_input', `An image of the input cannot be used. ${fetched.reason}`));
  }
  try {
    const { images } = fetched;
    const request = handler.toProviderRequest({
      input: input.data,
      images,
      mediaUrls: [],
      settings: context.settings,
    });
    return { kind: 'prepared', request: context.providerHttp.encode(request) };
  } catch (error) {
    work.logger.error({ error }, 'the integration could not build the request');
    return impossible(failure('internal', `The integration could not build the request: ${messageOf(error)}`));
  }
}

function impossible(error: Failure): PreparedRequest {
  return { kind: 'impossible', error };
}
