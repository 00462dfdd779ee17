import type { z } from 'zod';
/** One environment variable: its names, what it may hold, and what the reader of the documentation needs to know. */
export interface Setting {
    /** The name of the environment variable, for example `S3_BUCKET`. */
    readonly variable: string;
    /** Other names that are accepted for the same value. Setting two names to different values is a fault. */
    readonly aliases?: readonly string[];
    /** Turns the variable's text into the setting's value. Its messages say what is expected and never repeat the text. */
    readonly schema: z.ZodType;
    /** One sentence: what it does, its unit, what happens at the limit. */
    readonly description: string;
    /** The text that stands in where the variable is not set, parsed by the same schema. */
    readonly default?: string;
    /** Without a default a setting is required, unless this says otherwise. With `required-in-production` a default holds outside production only. */
    readonly presence?: 'optional' | 'required-in-production';
    /** An empty text is a value of its own. Without this, an empty variable counts as unset. */
    readonly allowEmpty?: boolean;
    /** A value that is never shown, logged or written to an example. */
    readonly secret?: boolean;
    /** A text that would be accepted, for the documentation and for error messages. */
    readonly example?: string;
}
/** Settings that belong together, under the title that they have in the documentation. */
export interface SettingsGroup<Definitions extends Readonly<Record<string, Setting>> = Readonly<Record<string, Setting>>> {
    readonly title: string;
    readonly settings: Definitions;
}
/** The groups that one process reads, by the name that each has in its configuration. */
export type SettingsGroups = Readonly<Record<string, SettingsGroup>>;
/** The values of one group, under the names of its definitions. */
export type SettingsOf<Group extends SettingsGroup> = {
    readonly [Name in keyof Group['settings']]: ValueOf<Group['settings'][Name]>;
};
/** The values of several groups: `{ logging: { level, … }, s3: { bucket, … } }`. */
export type LoadedSettings<Groups extends SettingsGroups> = {
    readonly [Name in keyof Groups]: SettingsOf<Groups[Name]>;
};
type ValueOf<Definition extends Setting> = Definition extends {
    readonly default: string;
} ? z.output<Definition['schema']> : Definition extends {
    readonly presence: 'optional' | 'required-in-production';
} ? z.output<Definition['schema']> | undefined : z.output<Definition['schema']>;
/** Declares a group of settings; every variable is declared here once, for reading, checking and documentation. */
export declare function defineSettings<const Definitions extends Readonly<Record<string, Setting>>>(title: string, settings: Definitions): SettingsGroup<Definitions>;
export {};
//# sourceMappingURL=settings-group.d.ts.map