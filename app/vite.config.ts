/**
 * How the app is built.
 *
 * The rule this module protects: *what is built runs on Chrome 87, and each byte of it is paid for once*: names carry
 * a hash of the contents, everything a first use needs is precached, and the server has it compressed already.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const OUT = resolve(import.meta.dirname, '../target/app')
const CORE = resolve(import.meta.dirname, '../target/wasm')

/** Smaller files gain nothing: the headers of an answer are as large. */
const COMPRESSED_FROM_BYTES = 1000
const COMPRESSIBLE = /\.(js|css|html|wasm|json|svg|webmanifest)$/

/** Puts `file.br` and `file.gz` beside each file that gets smaller. Last, because the service worker comes late. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const name of readdirSync(OUT, { recursive: true, encoding: 'utf8' })) {
          if (!COMPRESSIBLE.test(name)) continue
          const file = join(OUT, name)
          const bytes = readFileSync(file)
          if (bytes.length < COMPRESSED_FROM_BYTES) continue
          const params = {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_LGWIN]: 24,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          }
          writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
          writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
        }
      },
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias: { core: CORE } },
  server: { fs: { allow: [resolve(import.meta.dirname, '..')] } },
  build: {
    target: 'chrome87',
    cssTarget: 'chrome87',
    outDir: OUT,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      // The large icons are for the home screen, which fetches what it needs itself.
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,wasm,json,svg}', 'icon-192.png'],
        // The scanner is wanted once, while there is signal.
        globIgnores: ['**/jsQR-*'],
        maximumFileSizeToCacheInBytes: 8_000_000,
        target: 'chrome87',
      },
      manifest: {
        id: '/',
        name: 'Lumbung',
        short_name: 'Lumbung',
        description:
          'Catatan pendampingan keluarga, juga tanpa sinyal. / Notes of family visits, also without signal.',
        lang: 'id',
        dir: 'ltr',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        orientation: 'portrait',
        theme_color: '#0f6b4f',
        background_color: '#fbf7ef',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
    compressed(),
  ],
})
