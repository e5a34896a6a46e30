/** What the meshes look like: what has a picture keeps it, the rest has the colour of the map's buildings. */
import { AmbientLight, Color, DirectionalLight, Material, Mesh, MeshBasicMaterial, MeshLambertMaterial, Scene, type Object3D, type Texture } from 'three'
import type { Palette } from '../palette'

export interface Look {
  /** At the ground, and at 120 m: as the blocks of the map. */
  building: string
  high: string
  /** From 0 to 1: how bright pictures are; they were taken by day. */
  pictures: number
}

const DARK_PICTURES = 0.62
/** How bright a surface is in the dark theme, whose ground is below it. */
const isDark = (palette: Palette): boolean => new Color(palette.base).getHSL({ h: 0, s: 0, l: 0 }).l < 0.5

export const lookOf = (palette: Palette): Look => ({
  building: palette.building,
  high: palette.buildingHigh,
  pictures: isDark(palette) ? DARK_PICTURES : 1,
})

type Plain = MeshBasicMaterial | MeshLambertMaterial

/** The higher above the ground, the nearer to the second colour. */
function rising(material: MeshLambertMaterial): MeshLambertMaterial {
  const high = { value: new Color() }
  material.userData['high'] = high
  material.onBeforeCompile = (shader) => {
    shader.uniforms['high'] = high
    shader.vertexShader = `varying float above;\n${shader.vertexShader}`.replace(
      '#include <project_vertex>',
      '#include <project_vertex>\nabove = (modelMatrix * vec4(transformed, 1.0)).z;',
    )
    shader.fragmentShader = `varying float above;\nuniform vec3 high;\n${shader.fragmentShader}`.replace(
      '#include <color_fragment>',
      'diffuseColor.rgb = mix(diffuseColor.rgb, high, clamp(above / 120.0, 0.0, 1.0));',
    )
  }
  return material
}

/** Pictures of facades have their light in them; plain walls get some, so that they can be told apart. */
function plainOf(old: Material): Plain {
  const { map, vertexColors, side, transparent, opacity, alphaTest } = old as Material & { map?: Texture | null }
  const shared = { vertexColors, side, transparent, opacity, alphaTest }
  const made = map ? new MeshBasicMaterial({ ...shared, map }) : vertexColors ? new MeshLambertMaterial(shared) : rising(new MeshLambertMaterial(shared))
  // A little nearer than a block of the map that stands at the same spot.
  return Object.assign(made, { polygonOffset: true, polygonOffsetFactor: -1, polygonOffsetUnits: -1 })
}

function colour(one: Plain, look: Look): void {
  const high = one.userData['high'] as { value: Color } | undefined
  if (high) {
    one.color.set(look.building)
    high.value.set(look.high)
  } else one.color.setScalar(look.pictures)
}

const materialsOf = (mesh: Mesh): Material[] => (Array.isArray(mesh.material) ? mesh.material : [mesh.material])
const eachMesh = (scene: Object3D, visit: (mesh: Mesh) => void) =>
  scene.traverse((one) => {
    if (one instanceof Mesh) visit(one)
  })

/** For a model that has just come. */
export function dress(scene: Object3D, look: Look): void {
  eachMesh(scene, (mesh) => {
    const old = materialsOf(mesh)
    const fresh = old.map(plainOf)
    old.forEach((one) => one.dispose())
    fresh.forEach((one) => colour(one, look))
    mesh.material = fresh.length === 1 ? (fresh[0] as Plain) : fresh
  })
}

/** For one that is there: another theme. */
export const recolour = (scene: Object3D, look: Look): void => eachMesh(scene, (mesh) => materialsOf(mesh).forEach((one) => colour(one as Plain, look)))

/** Light from above and the south-west, as on the blocks of the map. */
export function lit(): Scene {
  const scene = new Scene()
  const sun = new DirectionalLight('#ffffff', 2.2)
  sun.position.set(-0.5, -0.8, 1.2)
  scene.add(new AmbientLight('#ffffff', 2.4), sun)
  return scene
}
