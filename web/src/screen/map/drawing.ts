/** What this machine can draw a map with: asked once, since each question makes a drawing context. */

type Drawing = 'none' | 'software' | 'hardware'
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

function tried(): Drawing {
  try {
    const gl = document.createElement('canvas').getContext('webgl2')
    if (!gl) return 'none'
    const named = gl.getExtension('WEBGL_debug_renderer_info')
    const name = String(gl.getParameter(named?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER))
    gl.getExtension('WEBGL_lose_context')?.loseContext()
    return SOFTWARE.test(name) ? 'software' : 'hardware'
  } catch {
    return 'none'
  }
}

let known: Drawing | undefined
const drawing = (): Drawing => (known ??= tried())

export const canDraw = (): boolean => drawing() !== 'none'

/** Smooth edges cost a processor as much as everything else of a map; a picture that is taken to be kept has them all the same. */
export const smooth = (): boolean => drawing() === 'hardware' || new URLSearchParams(location.search).get('still') === '1'
