import type { Environment } from './dot-env.ts';
import type { SettingsGroups } from './settings-group.ts';
/** Every secret text that the environment holds for these settings, for a log to take out. */
export declare function secretValues(groups: SettingsGroups, environment: Environment): readonly string[];
//# sourceMappingURL=secret-values.d.ts.map