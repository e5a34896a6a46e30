/** How the three entries (screen, work, m) are built into web/dist, which the Python server hands out. */
import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { background } from './background.ts'
import { compressed } from './compressed.ts'
import { maplibre } from './maplibre.ts'
import { pwa } from './pwa.config.ts'

const server = process.env.HEXI_SERVER ?? 'http://127.0.0.1:8000'
const vendor = (names: string) => new RegExp(`[\\\\/]node_modules[\\\\/](${names})[\\\\/]`)

/** While developing, send each address to its entry, as the Python server does. */
const entries = (): Plugin => ({
  name: 'hexi-entries',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      const [path = '/'] = (request.url ?? '/').split('?')
      const entry = /^\/(screen|work|m)(\/|$)/.exec(path)?.[1] ?? (path === '/' ? 'screen' : undefined)
      if (entry && !path.includes('.')) request.url = `/${entry}.html`
      next()
    })
  },
})

export default defineConfig({
  base: '/',
  plugins: [react(), maplibre(), entries(), VitePWA(pwa), background(), compressed()],
  worker: { format: 'es' },
  resolve: { alias: { '@rjsf/validator-ajv8': resolve('src/work/form/noAjv.ts') } },
  server: { proxy: { '/api': server } },
  preview: { proxy: { '/api': server } },
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { screen: resolve('screen.html'), work: resolve('work.html'), m: resolve('m.html') },
      output: {
        codeSplitting: {
          groups: [
            { name: 'echarts', test: vendor('echarts|zrender') },
            { name: 'react', test: vendor('react|react-dom|scheduler') },
          ],
        },
      },
    },
  },
})
