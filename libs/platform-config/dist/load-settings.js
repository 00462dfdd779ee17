import { ConfigurationError } from "./configuration-error.js";
import { isPlaceholder } from "./placeholder.js";
/** Reads the settings of a process, or throws a ConfigurationError that lists every fault at once and prints no value. */
export function loadSettings(groups, environment) {
    const reading = readSettings(groups, environment);
    if (reading.status === 'faulty')
        throw new ConfigurationError(reading.faults);
    return reading.settings;
}
/** Like loadSettings, for a caller that has faults of its own to report in the same list. */
export function readSettings(groups, environment) {
    const faults = [];
    const settings = {};
    for (const [groupName, group] of Object.entries(groups)) {
        const values = {};
        for (const [name, setting] of Object.entries(group.settings)) {
            const reading = readSetting(setting, environment);
            if ('fault' in reading)
                faults.push(reading.fault);
            else
                values[name] = reading.value;
        }
        settings[groupName] = values;
    }
    if (faults.length > 0)
        return { status: 'faulty', faults: withoutRepeats(faults) };
    return { status: 'valid', settings: settings };
}
function readSetting(setting, environment) {
    const given = namesOf(setting).filter((name) => textOf(setting, environment, name) !== undefined);
    const texts = new Set(given.map((name) => textOf(setting, environment, name)));
    if (texts.size > 1)
        return faultOf(given.join(' and '), 'are set to different values', 'Keep one of them.');
    const [variable = setting.variable] = given;
    const text = textOf(setting, environment, variable);
    if (text === undefined)
        return readAbsent(setting, environment);
    if (refusesPlaceholders(setting) && isPlaceholder(text)) {
        return faultOf(variable, 'still holds a placeholder', `Set it to the real value: ${setting.description}`);
    }
    return parse(setting, variable, text);
}
function readAbsent(setting, environment) {
    const inProduction = environment['NODE_ENV'] === 'production';
    const isRequiredHere = setting.presence === 'required-in-production' && inProduction;
    if (setting.default !== undefined && !isRequiredHere)
        return parse(setting, setting.variable, setting.default);
    if (setting.presence !== undefined && !isRequiredHere)
        return { value: undefined };
    const problem = isRequiredHere ? 'is not set, and production has no default for it' : 'is not set';
    return faultOf(setting.variable, problem, `${setting.description}${exampleOf(setting)}`);
}
function parse(setting, variable, text) {
    const result = setting.schema.safeParse(text);
    if (result.success)
        return { value: result.data };
    const messages = result.error.issues.map((issue) => withoutValue(issue.message, text));
    return faultOf(variable, `is not valid: ${messages.join('; ')}`, `${setting.description}${exampleOf(setting)}`);
}
function faultOf(variable, problem, remedy) {
    return { fault: { variable, problem, remedy } };
}
function namesOf(setting) {
    return [setting.variable, ...(setting.aliases ?? [])];
}
function textOf(setting, environment, name) {
    const text = environment[name]?.trim();
    return text === '' && !setting.allowEmpty ? undefined : text;
}
function refusesPlaceholders(setting) {
    return setting.secret === true || (setting.default === undefined && setting.presence !== 'optional');
}
function exampleOf(setting) {
    const example = setting.secret ? undefined : setting.example;
    return example === undefined ? '' : ` For example ${setting.variable}=${example}`;
}
// A short text such as "1" is part of ordinary messages, and reveals nothing.
function withoutValue(message, text) {
    return text.length < 6 ? message : message.replaceAll(text, '…');
}
function withoutRepeats(faults) {
    return faults.filter((fault, index) => faults.findIndex((other) => other.variable === fault.variable && other.problem === fault.problem) === index);
}
//# sourceMappingURL=load-settings.js.map