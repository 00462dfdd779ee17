import type { FailureCode } from '@darkroom/contract';
import { completesAtOnce, isRefused, isTakenInVain } from '../expected-end.ts';
import { type Fault, faults, onlyCall, type SimulatorPlan } from './fault.ts';

const answered = (title: string, fault: NonNullable<SimulatorPlan['fault']>, code: FailureCode): Fault => ({
  title,
  plans: ({ prompt }) => [{ match: prompt, fault }],
  expected: () => isTakenInVain(code),
});

/** The provider took the request, and its answer is of no use. */
export const uselessAnswers = faults({
  malformed_json: {
    ...answered('malformed JSON', { kind: 'malformed_json' }, 'provider_response_invalid'),
    deliveries: onlyCall,
  },
  empty_success: {
    ...answered('an empty success', { kind: 'empty_success' }, 'provider_failed'),
    deliveries: onlyCall,
  },
  text_instead: {
    ...answered('text instead of an image', { kind: 'text_instead' }, 'provider_failed'),
    deliveries: onlyCall,
  },
  error_in_200: {
    ...answered('an error inside a success', { kind: 'error_in_200' }, 'provider_failed'),
    deliveries: onlyCall,
    // The provider charges nothing for it, which its answer does not tell.
    expected: () => ({ ...isTakenInVain('provider_failed'), paid: 0 }),
  },
  partial_failure: {
    title: 'one of several images fails',
    deliveries: onlyCall,
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'partial_failure' } }],
    expected: () => completesAtOnce,
  },
  prompt_blocked: {
    ...answered('a content block: the prompt', { kind: 'content_block', where: 'prompt' }, 'content_rejected'),
    // A task is not begun; an answer that would have held the result is one all the same.
    expected: ({ delivery }) =>
      delivery === 'call' ? isTakenInVain('content_rejected') : isRefused('content_rejected'),
  },
  output_blocked: answered(
    'a content block: the result',
    { kind: 'content_block', where: 'output' },
    'content_rejected',
  ),
  truncated_image: {
    ...answered('a truncated image', { kind: 'truncated_image' }, 'provider_response_invalid'),
    deliveries: onlyCall,
  },
  not_an_image: {
    ...answered('a file that is no image', { kind: 'not_an_image' }, 'provider_response_invalid'),
    deliveries: onlyCall,
  },
  huge_image: answered('an image of 20,000 × 20,000 pixels', { kind: 'huge_image' }, 'provider_response_invalid'),
});
