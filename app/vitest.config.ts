/** Unit tests run in Node; what they need of a browser they bring along. */

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['tests/unit/**/*.test.{ts,tsx}'], environment: 'node' },
})
