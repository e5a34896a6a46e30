import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@rjsf/validator-ajv8': resolve('src/work/form/noAjv.ts') } },
  test: {
    server: { deps: { inline: [/@rjsf/] } },
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    // One document for all files of a thread: ten times faster. A test that leaves something behind must clear it away.
    pool: 'threads',
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
  },
})
