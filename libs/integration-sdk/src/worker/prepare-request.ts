import { failure, type Failure } from '@darkroom/contract';
import type { ProviderRequest } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { messageOf } from './error-message.ts';
import { fetchInputMedia } from './fetch-input-media.ts';

/** `storage_away`: an upload of the input could not be read now. */
export type PreparedRequest =
  { kind: 'prepared'; request: ProviderRequest } | Impossible | { kind: 'storage_away'; reason: string };

interface Impossible {
  kind: 'impossible';
  error: Failure;
}

/** Builds the paid request. Whatever is wrong with the input, or with the integration, shows here, before anything is paid. */
export async function prepareRequest(work: CallWork): Promise<PreparedRequest> {
  const { operation, handler, context, call, callbackUrl } = work;
  const { settings } = context;
  const parsed = operation.input.safeParse(call.input);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `/input/${issue.path.join('/')}: ${issue.message}`);
    return impossible(failure('invalid_input', `The input does not fit the operation any more: ${faults.join('; ')}`));
  }
  const input = parsed.data;
  const looked = byIntegration(work, () => handler.findInputFault?.({ input, settings }));
  if (looked.kind === 'impossible') return looked;
  if (looked.value !== undefined) return impossible(failure('invalid_input', looked.value));

  const media = await fetchInputMedia(work, input);
  if (media.kind === 'storage_away') return media;
  if (media.kind === 'unusable')
    return impossible(failure('invalid_input', `A file of the input cannot be used. ${media.reason}`));

  const { images, mediaUrls } = media;
  const built = byIntegration(work, () =>
    context.providerHttp.encode(
      handler.toProviderRequest({
        input,
        images,
        mediaUrls,
        settings,
        ...(callbackUrl !== undefined && { callbackUrl }),
      }),
    ),
  );
  return built.kind === 'impossible' ? built : { kind: 'prepared', request: built.value };
}

function byIntegration<Value>(work: CallWork, build: () => Value): { kind: 'built'; value: Value } | Impossible {
  try {
    return { kind: 'built', value: build() };
  } catch (error) {
    work.logger.error({ error }, 'the integration could not build the request');
    return impossible(failure('internal', `The integration could not build the request: ${messageOf(error)}`));
  }
}

function impossible(error: Failure): Impossible {
  return { kind: 'impossible', error };
}
