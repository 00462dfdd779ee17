/** The text of .env.example: every variable once, commented out, so that a copy changes nothing until a line is filled in. */
export function renderDotEnvExample(groups) {
    const shown = new Set();
    const sections = groups.map((group) => renderSection(group, shown)).filter((section) => section !== '');
    return `${sections.join('\n\n')}\n`;
}
function renderSection({ title, settings }, shown) {
    const fresh = settings.filter((setting) => !shown.has(setting.variable));
    for (const setting of fresh)
        shown.add(setting.variable);
    return fresh.length === 0 ? '' : [`# --- ${title}`, ...fresh.flatMap(renderLines)].join('\n');
}
function renderLines(setting) {
    const value = setting.secret ? '' : (setting.example ?? setting.default ?? '');
    return ['', `# ${commentOf(setting)}`, `# ${setting.variable}=${value}`];
}
const requirements = {
    always: ' Required.',
    'in production': ' Required in production.',
    'where enabled': ' Required where the integration is enabled.',
    no: '',
};
function commentOf({ description, required, aliases }) {
    const requirement = requirements[required];
    const otherNames = aliases.length === 0 ? '' : ` Also read as ${aliases.join(', ')}.`;
    return `${description.replaceAll('\n', ' ')}${requirement}${otherNames}`;
}
//# sourceMappingURL=render-dot-env-example.js.map