import type { DescribedGroup } from './describe-settings.ts';
/** The text of .env.example: every variable once, commented out, so that a copy changes nothing until a line is filled in. */
export declare function renderDotEnvExample(groups: readonly DescribedGroup[]): string;
//# sourceMappingURL=render-dot-env-example.d.ts.map