export { createLogger } from './create-logger.ts';
export type { Logger, LoggerOptions, LogLevel } from './create-logger.ts';
export { callLogger } from './call-logger.ts';
export { loggingSettings } from './logging-settings.ts';
export { createSecretCleaner } from './secret-cleaner.ts';
