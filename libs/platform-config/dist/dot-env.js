import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigurationError } from "./configuration-error.js";
/** The environment, completed by the `.env` file of a directory where there is one; what the environment already holds wins. */
export function readDotEnv(directory, environment) {
    return { ...readFileIfThere(join(directory, '.env')), ...environment };
}
function readFileIfThere(file) {
    try {
        return parseEnv(readFileSync(file, 'utf8'));
    }
    catch (error) {
        const code = codeOf(error);
        if (code === 'ENOENT')
            return {};
        const remedy = 'Make it a readable file of NAME=value lines, or remove it.';
        throw new ConfigurationError([{ variable: file, problem: `cannot be read (${code})`, remedy }]);
    }
}
function codeOf(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
//# sourceMappingURL=dot-env.js.map