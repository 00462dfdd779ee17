export { findIntegrationPackages } from './find-integration-packages.ts';
export { findScopeDirectory } from './find-scope-directory.ts';
export { loadDefinitions } from './load-definitions.ts';
export { selectEnabled } from './select-enabled.ts';
