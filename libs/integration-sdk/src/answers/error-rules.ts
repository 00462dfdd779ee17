import { failure, type Failure, type FailureCode } from '@darkroom/contract';

/** What the provider said of itself, whole: it is cut to the contract's lengths after secrets were taken out of it. */
export interface ProviderWords {
  status?: number | undefined;
  code?: string | undefined;
  message?: string | undefined;
  /** How long its body asks to wait, for providers that say it there and not in a header. */
  retryAfterSeconds?: number | undefined;
}

/** Which answers are meant: all that it names must fit; `code` and `message` are searched for. */
export interface ErrorMatch {
  status?: number;
  code?: RegExp;
  message?: RegExp;
}

/**
 * One line of an integration's error table: which answers it stands for and what they mean. As the answer to a submission it says that
 * the provider did not take it: what leaves that open has no line.
 */
export interface ErrorRule extends ErrorMatch {
  failure: FailureCode;
  /** What the reader does next. */
  advice: string;
  /** Says the contrary of a submission: the provider took it, and there will be no result. */
  taken?: boolean;
  /** Whether the submission is made again, within the operation's limits. */
  retry?: boolean;
  /** Overrules what the failure code says of making the same call again. */
  retryable?: boolean;
}
export type ErrorRules = readonly ErrorRule[];

/** The first line that fits. */
export function findErrorRule(rules: ErrorRules, words: ProviderWords): ErrorRule | undefined {
  return rules.find((rule) => fits(rule, words));
}

export function fits({ status, code, message }: ErrorMatch, words: ProviderWords): boolean {
  return (
    (status === undefined || status === words.status) &&
    (code === undefined || code.test(words.code ?? '')) &&
    (message === undefined || message.test(words.message ?? ''))
  );
}

/** Why a task that was taken failed: by the table, or else as `otherwise` says. */
export function toTaskFailure(
  rules: ErrorRules,
  words: ProviderWords,
  otherwise: Pick<ErrorRule, 'failure' | 'advice' | 'retryable'>,
): Failure {
  return toFailure(findErrorRule(rules, words) ?? otherwise, words);
}

export function toFailure(
  { failure: code, advice, retryable }: Pick<ErrorRule, 'failure' | 'advice' | 'retryable'>,
  words: ProviderWords,
): Failure {
  const provider = {
    ...(words.status !== undefined && { status: words.status }),
    ...(words.code && { code: words.code }),
    ...(words.message && { message: words.message }),
  };
  return failure(code, advice, { provider, ...(retryable !== undefined && { retryable }) });
}
