/** Builds MapLibre from its source, so that the map and its worker share what both need: as it is shipped, each brings all of it. */
import { resolve } from 'node:path'
import { transformWithOxc, type Plugin } from 'vite'

const SOURCE = resolve('node_modules/maplibre-gl/src')
const WORKER = 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

export const maplibre = (): Plugin => ({
  name: 'hexi-maplibre',
  enforce: 'pre',
  apply: 'build',
  resolveId: (id) => (id === 'maplibre-gl' ? `${SOURCE}/index.ts` : id === WORKER ? `\0${WORKER}` : undefined),
  load(id) {
    if (id !== `\0${WORKER}`) return undefined
    const worker = this.emitFile({ type: 'chunk', id: `${SOURCE}/source/worker.ts`, name: 'maplibre-gl-worker' })
    return `export default import.meta.ROLLUP_FILE_URL_${worker}`
  },
  transform: {
    filter: { id: /maplibre-gl\/src\/.*\.ts$/ },
    // A field without a value only tells its type there: to set it would undo what the class above has put into it.
    handler: (code, id) => transformWithOxc(code, id, { typescript: { removeClassFieldsWithoutInitializer: true }, assumptions: { setPublicClassFields: true } }),
  },
})
