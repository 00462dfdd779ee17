var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeSettings, renderConfigurationMarkdown, renderDotEnvExample, } from '@darkroom/platform-config';
const markdownHead = `# Configuration

Every process reads its environment once, at start, completed by the file \`.env\` of the directory it is started in; what the
environment already holds wins. A fault ends the process with exit code 78 and a list of all faults, which prints no value.
An empty variable counts as unset, and a placeholder (\`changeme\`, \`<key>\`) as a fault. \`npm start\` sets everything that is required.

This file and \`.env.example\` are generated from the schemas; after changing one, run
\`node --conditions=@darkroom/source tools/workspace-checks/src/generate-configuration-docs.ts\`.
`;
const dotEnvHead = `# Copy this file to .env and fill in what you want to change; docs/configuration.md says more.
# It is generated from the schemas: change those, not this file.
`;
/** docs/configuration.md and .env.example, as the settings of all processes and integrations have them. */
export async function renderConfigurationDocuments(root) {
    const groups = [...describeSettings(await settingsOfProcesses(root)), ...(await settingsOfIntegrations(root))];
    refuseContradictions(groups);
    return [
        { file: 'docs/configuration.md', text: `${markdownHead}\n${renderConfigurationMarkdown(groups)}` },
        { file: '.env.example', text: `${dotEnvHead}\n${renderDotEnvExample(groups)}` },
    ];
}
async function settingsOfProcesses(root) {
    const groupsByProcess = {};
    for (const file of globSync('{apps,tools}/*/src/config.ts', { cwd: root }).sort(mainFirst)) {
        const { settingsGroups } = (await load(root, file));
        if (!settingsGroups)
            throw new Error(`${file} does not export its settingsGroups: export them, for the documentation.`);
        groupsByProcess[basename(dirname(dirname(file)))] = settingsGroups;
    }
    return groupsByProcess;
}
async function settingsOfIntegrations(root) {
    const groups = [];
    for (const file of globSync('libs/integrations-*/src/index.ts', { cwd: root }).sort()) {
        const { definition } = (await load(root, file));
        groups.push(describeIntegration(definition));
    }
    return groups;
}
function describeIntegration({ name, title, settings }) {
    const described = Object.values(settings).map(({ env, description, example, secret = false }) => ({
        variable: env,
        aliases: [],
        description,
        required: 'where enabled',
        default: undefined,
        secret,
        example,
    }));
    return { title: `Integration \`${name}\`: ${title}`, readBy: ['async-task-worker'], settings: described };
}
/** Two processes may read one variable, but they must mean the same by it. */
function refuseContradictions(groups) {
    const known = new Map();
    for (const setting of groups.flatMap(({ settings }) => settings)) {
        const facts = JSON.stringify(setting);
        if ((known.get(setting.variable) ?? facts) !== facts) {
            throw new Error(`${setting.variable} is declared twice, and differently: make the two declarations agree.`);
        }
        known.set(setting.variable, facts);
    }
}
function mainFirst(one, other) {
    return Number(other.includes('/main/')) - Number(one.includes('/main/')) || one.localeCompare(other);
}
function load(root, file) {
    return import(__rewriteRelativeImportExtension(pathToFileURL(join(root, file)).href));
}
//# sourceMappingURL=configuration-documents.js.map