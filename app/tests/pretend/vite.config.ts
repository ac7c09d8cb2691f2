/**
 * Serves the app on a pretended phone: `npx vite -c tests/pretend/vite.config.ts`.
 *
 * The rule this module protects: *what is looked at is the app itself*: only the phone and the forms are
 * replaced.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('../..'),
  cacheDir: here('../../node_modules/.vite-pretend'),
  resolve: {
    alias: [
      { find: /^(\.\.?\/)+phone\/client$/, replacement: here('./client.ts') },
      ...(existsSync(here('../../src/forms/form_screen.tsx'))
        ? []
        : [{ find: /^(\.\.?\/)+forms\/(form_screen|words)$/, replacement: here('./form_screen.tsx') }]),
    ],
  },
})
