import type { MediaRequestType } from '@darkroom/contract';
import type { ImageRequestMapping, OperationDefinition, VideoRequestMapping } from '@darkroom/integration-sdk';
import { ConfigurationError } from '@darkroom/platform-config';
import type { IntegrationCatalog } from '../integrations/integration-catalog.ts';
import { ProblemError } from '../problems/problem-error.ts';

/** An operation that a request can be made of. */
export interface RequestOperation {
  integration: string;
  operation: string;
  mapping: ImageRequestMapping | VideoRequestMapping;
}

/** Who makes requests of a type that name nobody: `<integration>` or `<integration>/<operation>`. */
export type RequestProviders = Readonly<Record<MediaRequestType, string | undefined>>;

/** What of a request decides who makes it. */
export interface Wanted {
  type: MediaRequestType;
  provider: string | undefined;
  hasImages: boolean;
}

/** Finds the operation for a request. */
export interface RequestCatalog {
  /** Throws a ProblemError that says what to name instead. */
  find(wanted: Wanted): RequestOperation;
}

interface CatalogOptions {
  catalog: IntegrationCatalog;
  providers: RequestProviders;
  /** With the simulator nobody is paid, and whoever can make a request may. */
  simulated: boolean;
}

const providerVariables: Readonly<Record<MediaRequestType, string>> = {
  image: 'IMAGE_PROVIDER',
  video: 'VIDEO_PROVIDER',
};

/** Throws a ConfigurationError where a configured provider cannot make what it is configured for. */
export function createRequestCatalog({ catalog, providers, simulated }: CatalogOptions): RequestCatalog {
  const usual: RequestProviders = {
    image: providers.image ?? (simulated ? firstFor(catalog, 'image') : undefined),
    video: providers.video ?? (simulated ? firstFor(catalog, 'video') : undefined),
  };
  const faults = (['image', 'video'] as const).flatMap((type) => faultsOf(catalog, type, providers[type]));
  if (faults.length > 0) throw new ConfigurationError(faults);

  return {
    find({ type, provider = usual[type], hasImages }) {
      if (provider === undefined) throw nobodyNamed(catalog, type);
      const operations = operationsOf(catalog, provider, type);
      const found = operations.find(({ mapping }) => mapping.images !== (hasImages ? 'none' : 'required'));
      if (found === undefined) throw unfitForImages(provider, { type, hasImages });
      return found;
    },
  };
}

/** The operations that a name stands for and that make requests of a type; at least one. */
function operationsOf(catalog: IntegrationCatalog, provider: string, type: MediaRequestType): RequestOperation[] {
  const [integration = '', named] = provider.split('/');
  const names = named === undefined ? (catalog.find(integration)?.operations ?? []).map(({ name }) => name) : [named];
  // The first is looked for where there is none, so that the catalog says what is wrong with the integration.
  const operations = (names.length === 0 ? [''] : names).flatMap((operation): RequestOperation[] => {
    const mapping = definitionOf(catalog, integration, operation).fromRequest;
    return mapping?.type === type ? [{ integration, operation, mapping }] : [];
  });
  if (operations.length > 0) return operations;
  const able = listOf(ableTo(catalog, type));
  throw new ProblemError('invalid_request', `Name a provider that makes ${type} requests: ${able}.`, {
    errors: [{ path: '/provider', message: `"${provider}" makes no ${type} requests; these do: ${able}` }],
  });
}

function definitionOf(catalog: IntegrationCatalog, integration: string, operation: string): OperationDefinition {
  try {
    return catalog.findOperation(integration, operation).definition;
  } catch (error) {
    throw error instanceof ProblemError ? error.withPaths(() => '/provider') : error;
  }
}

/** The names of the enabled integrations that make requests of a type. */
function ableTo(catalog: IntegrationCatalog, type: MediaRequestType): string[] {
  return catalog.integrations
    .filter(({ enabled, operations }) => enabled && operations.some(({ takesRequests }) => takesRequests === type))
    .map(({ name }) => name);
}

function firstFor(catalog: IntegrationCatalog, type: MediaRequestType): string | undefined {
  return ableTo(catalog, type)[0];
}

function faultsOf(catalog: IntegrationCatalog, type: MediaRequestType, provider: string | undefined) {
  if (provider === undefined) return [];
  try {
    operationsOf(catalog, provider, type);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { title, detail = '' } = error.toProblem();
    const problem = `names "${provider}", which cannot make ${type} requests: ${title.toLowerCase()}`;
    return [{ variable: providerVariables[type], problem, remedy: detail }];
  }
}

function nobodyNamed(catalog: IntegrationCatalog, type: MediaRequestType): ProblemError {
  const variable = providerVariables[type];
  const able = listOf(ableTo(catalog, type));
  return new ProblemError(
    'no_provider',
    `Name one in \`provider\`, or set ${variable} and restart main and the worker. There are: ${able}.`,
    { errors: [{ path: '/provider', message: `must be given, because ${variable} is not set; one of: ${able}` }] },
  );
}

function unfitForImages(provider: string, { type, hasImages }: Pick<Wanted, 'type' | 'hasImages'>): ProblemError {
  const path = type === 'image' ? '/images' : '/image';
  const message = hasImages
    ? `"${provider}" takes none; name another provider`
    : `must be given: "${provider}" needs one`;
  return new ProblemError('invalid_request', 'Correct what `errors` lists and send the request again.', {
    errors: [{ path, message }],
  });
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? '(none)' : names.join(', ');
}
