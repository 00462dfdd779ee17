/** Every secret text that the environment holds for these settings, for a log to take out. */
export function secretValues(groups, environment) {
    const secrets = Object.values(groups)
        .flatMap((group) => Object.values(group.settings))
        .filter((setting) => setting.secret)
        .flatMap((setting) => textsOf(setting, environment))
        .flatMap(secretsIn);
    return [...new Set(secrets)];
}
function textsOf(setting, environment) {
    return [setting.variable, ...(setting.aliases ?? [])]
        .map((name) => environment[name]?.trim() ?? '')
        .filter((text) => text !== '');
}
/** A text, and the secrets inside it: the password of a URL, the keys of an `account:key,account:key` list. */
function secretsIn(text) {
    // A password alone may be a word that logs are full of, hence the signs around it.
    if (URL.canParse(text) && text.includes('://'))
        return [text, ...passwordIn(new URL(text))];
    const entries = text.split(',').map((entry) => entry.trim());
    const keys = entries.map((entry) => entry.slice(entry.indexOf(':') + 1));
    return [text, ...entries, ...keys].filter((part) => part !== '');
}
function passwordIn(url) {
    return url.password === '' ? [] : [`:${url.password}@`, `:${decodeURIComponent(url.password)}@`];
}
//# sourceMappingURL=secret-values.js.map