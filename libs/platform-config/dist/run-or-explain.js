import { writeSync } from 'node:fs';
import { isConfigurationError } from "./configuration-error.js";
/** The exit code of a process that was configured wrongly: `EX_CONFIG` of sysexits.h. */
const configurationExitCode = 78;
/** Runs a process's main function; a ConfigurationError ends it with the plain message and exit code 78, any other error as usual. */
export async function runOrExplain(main) {
    try {
        await main();
    }
    catch (error) {
        if (!isConfigurationError(error))
            throw error;
        writeSync(process.stderr.fd, `${error.message}\n`);
        process.exit(configurationExitCode);
    }
}
//# sourceMappingURL=run-or-explain.js.map