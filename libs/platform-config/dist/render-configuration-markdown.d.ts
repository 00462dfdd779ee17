import type { DescribedGroup } from './describe-settings.ts';
/** The sections of docs/configuration.md: one table for each group. */
export declare function renderConfigurationMarkdown(groups: readonly DescribedGroup[]): string;
//# sourceMappingURL=render-configuration-markdown.d.ts.map