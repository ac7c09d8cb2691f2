/**
 * Tests run in Node; what they need of a browser they bring along. Those in `tests/core` run the real core, which
 * `cargo xtask wasm` has made.
 */

import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { core: resolve(import.meta.dirname, '../target/wasm') } },
  test: { include: ['tests/{unit,core}/**/*.test.{ts,tsx}'], environment: 'node' },
})
