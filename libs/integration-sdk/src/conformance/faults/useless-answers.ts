import { isTakenInVain } from '../expected-end.ts';
import { faults } from './fault.ts';

const answered = (fault: Record<string, unknown> & { kind: string }) => ({
  plan: ({ prompt }: { prompt: string }) => ({ match: prompt, fault }),
});

/** The provider took the request, and its answer is of no use. */
export const uselessAnswers = faults({
  malformed_json: {
    title: 'malformed JSON',
    ...answered({ kind: 'malformed_json' }),
    expected: () => isTakenInVain('provider_response_invalid'),
  },
  empty_success: {
    title: 'an empty success',
    ...answered({ kind: 'empty_success' }),
    expected: () => isTakenInVain('provider_failed'),
  },
  text_instead: {
    title: 'text instead of an image',
    ...answered({ kind: 'text_instead' }),
    expected: () => isTakenInVain('provider_failed'),
  },
  prompt_blocked: {
    title: 'a content block: the prompt',
    ...answered({ kind: 'content_block', where: 'prompt' }),
    expected: () => isTakenInVain('content_rejected'),
  },
  output_blocked: {
    title: 'a content block: the image',
    ...answered({ kind: 'content_block', where: 'output' }),
    expected: () => isTakenInVain('content_rejected'),
  },
  truncated_image: {
    title: 'a truncated image',
    ...answered({ kind: 'truncated_image' }),
    expected: () => isTakenInVain('provider_response_invalid'),
  },
  not_an_image: {
    title: 'a file that is no image',
    ...answered({ kind: 'not_an_image' }),
    expected: () => isTakenInVain('provider_response_invalid'),
  },
  address_is_private: {
    title: 'a result at a private address',
    addresses: true,
    ...answered({ kind: 'url_to_private_address' }),
    expected: () => isTakenInVain('provider_response_invalid'),
  },
  address_redirects_to_private: {
    title: 'a result that redirects to a private address',
    addresses: true,
    ...answered({ kind: 'url_redirects_to_private' }),
    expected: () => isTakenInVain('provider_response_invalid'),
  },
  address_expired: {
    title: 'a result whose address has expired',
    addresses: true,
    ...answered({ kind: 'url_expired', status: 404 }),
    expected: () => isTakenInVain('result_unavailable'),
  },
});
