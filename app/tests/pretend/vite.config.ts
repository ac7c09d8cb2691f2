// Serves `forms.html` from the root of the checkout, so that the core in target/wasm/ can be fetched.

import { defineConfig } from 'vite'

export default defineConfig({ root: new URL('../../..', import.meta.url).pathname })
