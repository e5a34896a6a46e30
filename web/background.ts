/** Builds the worker's sending part as one classic script beside the worker, which takes it in. */
import { resolve } from 'node:path'
import { build, type Plugin } from 'vite'

export const BACKGROUND = 'assets/m/background.js'

export const background = (): Plugin => ({
  name: 'hexi-background',
  apply: 'build',
  closeBundle: async () => {
    await build({
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: resolve('dist'),
        emptyOutDir: false,
        target: 'es2022',
        lib: { entry: resolve('src/m/outbox/background.ts'), formats: ['iife'], name: 'hexi', fileName: () => BACKGROUND },
      },
    })
  },
})
