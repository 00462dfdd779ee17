import type { BinaryDefinition } from '../../binaries/binary-definition.ts';

const version = '1.5.1';
const releases = `https://github.com/temporalio/cli/releases/download/v${version}`;

export const temporalBinary: BinaryDefinition = {
  name: 'temporal',
  // The newest version that `go install` accepts: later ones carry a `replace` directive.
  version,
  pathVariable: 'TEMPORAL_CLI_PATH',
  goPackage: 'github.com/temporalio/cli/cmd/temporal',
  release: ({ system, architecture }) => ({
    archiveUrl: `${releases}/temporal_cli_${version}_${system}_${architecture === 'x64' ? 'amd64' : architecture}.tar.gz`,
    checksumsUrl: `${releases}/checksums.txt`,
  }),
  versionCheck: { args: ['--version'], pattern: /temporal version (\d+\.\d+\.\d+)/ },
};
