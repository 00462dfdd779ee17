import type { BinaryDefinition } from '../../binaries/binary-definition.ts';

const version = '1.8.0';
const releases = `https://github.com/versity/versitygw/releases/download/v${version}`;
const architectures: Record<string, string> = { x64: 'x86_64', arm64: 'arm64' };

export const versitygwBinary: BinaryDefinition = {
  name: 'versitygw',
  version,
  pathVariable: 'VERSITYGW_PATH',
  goPackage: 'github.com/versity/versitygw/cmd/versitygw',
  release: ({ system, architecture }) => ({
    archiveUrl: `${releases}/versitygw_v${version}_${system === 'darwin' ? 'Darwin' : 'Linux'}_${architectures[architecture] ?? architecture}.tar.gz`,
    checksumsUrl: `${releases}/checksums.txt`,
  }),
  versionCheck: { args: ['--version'], pattern: /Version\s*:\s*v?(\d+\.\d+\.\d+)/ },
};
