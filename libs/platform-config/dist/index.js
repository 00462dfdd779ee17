export { defineSettings } from "./settings-group.js";
export { loadSettings, readSettings } from "./load-settings.js";
export { ConfigurationError, isConfigurationError } from "./configuration-error.js";
export { booleanFromText, integerFromText, listFromText, portFromText, urlFromText } from "./from-text.schema.js";
export { readDotEnv } from "./dot-env.js";
export { runOrExplain } from "./run-or-explain.js";
export { secretValues } from "./secret-values.js";
export { describeSettings } from "./describe-settings.js";
export { renderConfigurationMarkdown } from "./render-configuration-markdown.js";
export { renderDotEnvExample } from "./render-dot-env-example.js";
//# sourceMappingURL=index.js.map