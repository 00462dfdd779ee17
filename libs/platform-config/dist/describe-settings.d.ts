import type { SettingsGroups } from './settings-group.ts';
/** One variable as the documentation shows it. */
export interface DescribedSetting {
    readonly variable: string;
    readonly aliases: readonly string[];
    readonly description: string;
    /** `where enabled`: needed by an integration that is on. */
    readonly required: 'always' | 'in production' | 'where enabled' | 'no';
    readonly default: string | undefined;
    readonly secret: boolean;
    readonly example: string | undefined;
}
/** A group as the documentation shows it, with the processes that read it. */
export interface DescribedGroup {
    readonly title: string;
    readonly readBy: readonly string[];
    readonly settings: readonly DescribedSetting[];
}
/** Describes the settings of several processes, each group once. Groups are the same where they have the same title and variables. */
export declare function describeSettings(groupsByProcess: Readonly<Record<string, SettingsGroups>>): readonly DescribedGroup[];
//# sourceMappingURL=describe-settings.d.ts.map