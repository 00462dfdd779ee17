import { type SettingFault } from './configuration-error.ts';
import type { Environment } from './dot-env.ts';
import type { LoadedSettings, SettingsGroups } from './settings-group.ts';
/** What reading the environment came to: the settings, or everything that is wrong with them. */
export type SettingsReading<Groups extends SettingsGroups> = {
    readonly status: 'valid';
    readonly settings: LoadedSettings<Groups>;
} | {
    readonly status: 'faulty';
    readonly faults: readonly SettingFault[];
};
/** Reads the settings of a process, or throws a ConfigurationError that lists every fault at once and prints no value. */
export declare function loadSettings<const Groups extends SettingsGroups>(groups: Groups, environment: Environment): LoadedSettings<Groups>;
/** Like loadSettings, for a caller that has faults of its own to report in the same list. */
export declare function readSettings<const Groups extends SettingsGroups>(groups: Groups, environment: Environment): SettingsReading<Groups>;
//# sourceMappingURL=load-settings.d.ts.map