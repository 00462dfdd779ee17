/** Describes the settings of several processes, each group once. Groups are the same where they have the same title and variables. */
export function describeSettings(groupsByProcess) {
    const described = new Map();
    for (const [process, groups] of Object.entries(groupsByProcess)) {
        for (const group of Object.values(groups)) {
            const known = described.get(identityOf(group));
            described.set(identityOf(group), {
                title: group.title,
                readBy: [...new Set([...(known?.readBy ?? []), process])],
                settings: Object.values(group.settings).map(describe),
            });
        }
    }
    return [...described.values()];
}
function identityOf(group) {
    return [group.title, ...Object.values(group.settings).map((setting) => setting.variable)].join('\n');
}
function describe(setting) {
    return {
        variable: setting.variable,
        aliases: setting.aliases ?? [],
        description: setting.description,
        required: requirementOf(setting),
        default: setting.default,
        secret: setting.secret ?? false,
        example: setting.example,
    };
}
function requirementOf(setting) {
    if (setting.presence === 'required-in-production')
        return 'in production';
    return setting.presence === undefined && setting.default === undefined ? 'always' : 'no';
}
//# sourceMappingURL=describe-settings.js.map