import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

const root = resolve(import.meta.dirname, '../..');
/** What `main` answers: everything else is the page. */
const answeredByMain = ['/v1', '/docs', '/openapi.json', '/healthz', '/readyz'];

export default defineConfig(({ command, mode }) => ({
  plugins: [react(), tailwindcss(), compressed()],
  resolve: {
    conditions: ['@darkroom/source', 'module', 'browser', command === 'serve' ? 'development' : 'production'],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Everything by address: the policy of the page allows no inlined sources.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: servedBesideMain(loadEnv(mode, root, ['PORT', 'WEB_PORT'])),
}));

/** The ports are those that the services have: from the environment, completed by `.env` in the root of the checkout. */
function servedBesideMain({ PORT, WEB_PORT }) {
  const mainUrl = `http://localhost:${PORT || 3000}`;
  return {
    port: Number(WEB_PORT || 5173),
    strictPort: true,
    proxy: Object.fromEntries(answeredByMain.map((path) => [path, toMain(mainUrl)])),
  };
}

/** The page keeps its own origin: `main` hears its own, as it would from the page that it serves itself. Pages of other origins stay foreign to it. */
function toMain(mainUrl) {
  return {
    target: mainUrl,
    changeOrigin: true,
    configure: (proxy) =>
      proxy.on('proxyReq', (request, { headers: { origin, host } }) => {
        if (origin === `http://${host}`) request.setHeader('origin', mainUrl);
      }),
  };
}

/** Compresses what is built once, so that serving it costs nothing. */
function compressed() {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!/\.(js|css|svg)$/.test(fileName)) continue;
          const source = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source, { level: 9 }) });
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(source) });
        }
      },
    },
  };
}
