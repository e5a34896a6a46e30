/** How the phone entry works without a network: which built files it keeps, and which addresses its worker answers. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { VitePWAOptions } from 'vite-plugin-pwa'
import { BACKGROUND } from './background.ts'

interface BuiltChunk {
  file: string
  css?: string[]
  assets?: string[]
  imports?: string[]
  dynamicImports?: string[]
}

const ENTRY = 'm.html'
const STATIC = ['assets/m/icon-192.png', 'assets/m/app.webmanifest']

/** Every built file that the phone entry can reach: the wall and the desk must not be stored on a resident's phone. */
export function reachable(built: Record<string, BuiltChunk>, entry = ENTRY): Set<string> {
  const files = new Set([entry, ...STATIC])
  const seen = new Set<string>()
  const visit = (key: string): void => {
    const chunk = built[key]
    if (!chunk || seen.has(key)) return
    seen.add(key)
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file)
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next)
  }
  visit(entry)
  return files
}

function builtChunks(): Record<string, BuiltChunk> {
  try {
    return JSON.parse(readFileSync(resolve('dist/.vite/manifest.json'), 'utf8')) as Record<string, BuiltChunk>
  } catch (cause) {
    throw new Error('The phone entry needs the build manifest: set build.manifest to true in vite.config.ts.', { cause })
  }
}

export const pwa: Partial<VitePWAOptions> = {
  strategies: 'generateSW',
  registerType: 'prompt',
  injectRegister: false,
  manifest: false,
  filename: 'sw.js',
  workbox: {
    globPatterns: [ENTRY, 'assets/**/*.{js,css,woff2,png,webmanifest}'],
    maximumFileSizeToCacheInBytes: 4_000_000,
    inlineWorkboxRuntime: true,
    importScripts: [`/${BACKGROUND}`],
    sourcemap: false,
    cleanupOutdatedCaches: true,
    manifestTransforms: [(entries) => {
      const wanted = reachable(builtChunks())
      return { manifest: entries.filter((entry) => wanted.has(entry.url)), warnings: [] }
    }],
    navigateFallback: `/${ENTRY}`,
    navigateFallbackAllowlist: [/^\/m(\/|$)/],
    runtimeCaching: [{
      // The map under a case, for whoever is there without a network. An address with a mark never changes.
      urlPattern: /\/api\/tiles\/base\/.*\?v=/,
      handler: 'CacheFirst',
      options: { cacheName: 'map', expiration: { maxEntries: 200, maxAgeSeconds: 90 * 24 * 3600 }, cacheableResponse: { statuses: [200] } },
    }, {
      // Evidence photos that were looked at once; figures are kept by the page itself, with their time.
      urlPattern: /\/api\/files\//,
      handler: 'CacheFirst',
      options: { cacheName: 'evidence', expiration: { maxEntries: 60, maxAgeSeconds: 30 * 24 * 3600 }, cacheableResponse: { statuses: [200] } },
    }],
  },
}
