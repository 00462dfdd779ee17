import { ConfigurationError } from '@darkroom/platform-config';
import { pino } from 'pino';

/** Takes whole lines and has written them when it returns. */
export interface LogSink {
  write(line: string): void;
}

/** The standard output, and the file where there is one. */
export function openSinks(filePath: string | undefined): readonly LogSink[] {
  const standardOutput = pino.destination({ dest: 1, sync: true });
  return filePath === undefined ? [standardOutput] : [standardOutput, openFile(filePath)];
}

function openFile(filePath: string): LogSink {
  try {
    const file = pino.destination({ dest: filePath, append: true, mkdir: true, sync: true });
    // A full disk costs log lines, not the service.
    file.on('error', (error: Error) => process.stderr.write(`${filePath} takes no more log lines: ${error.message}\n`));
    return file;
  } catch (error) {
    const problem = `names a file that cannot be written (${error instanceof Error ? error.message : String(error)})`;
    const remedy = 'Choose a path that this user may write, or unset it.';
    throw new ConfigurationError([{ variable: 'LOG_FILE_PATH', problem, remedy }]);
  }
}
