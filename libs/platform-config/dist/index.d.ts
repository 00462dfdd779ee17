export { defineSettings } from './settings-group.ts';
export type { Setting, SettingsGroup, SettingsGroups, SettingsOf, LoadedSettings } from './settings-group.ts';
export { loadSettings, readSettings } from './load-settings.ts';
export type { SettingsReading } from './load-settings.ts';
export { ConfigurationError, isConfigurationError } from './configuration-error.ts';
export type { SettingFault } from './configuration-error.ts';
export { booleanFromText, integerFromText, listFromText, portFromText, urlFromText } from './from-text.schema.ts';
export { readDotEnv } from './dot-env.ts';
export type { Environment } from './dot-env.ts';
export { runOrExplain } from './run-or-explain.ts';
export { secretValues } from './secret-values.ts';
export { describeSettings } from './describe-settings.ts';
export type { DescribedGroup, DescribedSetting } from './describe-settings.ts';
export { renderConfigurationMarkdown } from './render-configuration-markdown.ts';
export { renderDotEnvExample } from './render-dot-env-example.ts';
//# sourceMappingURL=index.d.ts.map